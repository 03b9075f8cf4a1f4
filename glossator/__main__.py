"""`python -m glossator` is the command `glossator`."""

import sys

STOPPED = 130
"""Exit code that shells give a process ended by Ctrl-C."""


def run() -> None:
    """Run the command. Ctrl-C is no traceback, whenever it comes: loading the modules takes a moment, too."""
    try:
        from glossator.cli import main  # noqa: PLC0415 -- what is imported above cannot be caught

        main()
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(STOPPED)


if __name__ == "__main__":
    run()
