"""`python -m glossator` is the command `glossator`."""

import sys
from signal import SIGINT


def run() -> None:
    """Run the command. Ctrl-C is no traceback, whenever it comes: loading the modules takes a moment, too."""
    try:
        from glossator.cli import main  # noqa: PLC0415 -- what is imported above cannot be caught

        main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(128 + SIGINT)  # as shells say it


if __name__ == "__main__":
    run()
