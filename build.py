"""The one entry: `python build.py` builds the site; `python build.py --help` tells the rest."""

from glossator.__main__ import run

if __name__ == "__main__":
    run()
