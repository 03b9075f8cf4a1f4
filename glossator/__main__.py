"""`python -m glossator` is the command `glossator`."""

import sys

STOPPED = 130
"""Exit code that shells give a process ended by Ctrl-C."""


def run() -> None:
    """Run the command. Ctrl-C while its modules are loaded, which takes a moment, is no traceback either."""
    try:
        from glossator.cli import main  # noqa: PLC0415 -- what is imported above cannot be caught
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(STOPPED)
    main()


if __name__ == "__main__":
    run()
