"""Tries an installed Glossator: every reader loads, and an archive becomes a site. Needs nothing of the repository.

usage: python try_wheel.py
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PAGE = """\
<!doctype html>
<html lang="en"><head><title>A pier for Ravnsborg</title></head><body><article><h1>A pier for Ravnsborg</h1>
<p>The town of Ravnsborg will have a pier by the spring, said Marta Lindqvist, who sits on the board of the harbour.</p>
<p>She would not say what it costs, but she had brought a drawing of it, and everybody liked the drawing very much.</p>
</article></body></html>
"""
READERS = "from glossator.cli.extensions import EXTENSIONS; print(len(EXTENSIONS.openers.load()))"
"""Loads the reader of every format, with all libraries that they need."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        page, archive = Path(folder, "pier.html"), Path(folder, "cuttings")
        page.write_text(PAGE, "utf-8")
        print(run(sys.executable, "-c", READERS), "formats are opened")
        print(run(*GLOSSATOR, "--version"))
        run(*GLOSSATOR, "init", str(archive))
        run(*GLOSSATOR, "add", "--content", str(archive / "content"), str(page))
        run(*GLOSSATOR, "build", "--content", str(archive / "content"), "--site", str(archive / "site"))
        article = (archive / "site/articles/a-pier-for-ravnsborg.html").read_text("utf-8")
        found = [name for name in ("Marta Lindqvist", "Ravnsborg") if f">{name}</a>" in article]
        print("found:", ", ".join(found))
        sys.exit(0 if found else "No name is marked on the page.")


GLOSSATOR = (sys.executable, "-m", "glossator")


def run(*command: str) -> str:
    """Return what a command prints. Raises CalledProcessError."""
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout.strip()  # noqa: S603


if __name__ == "__main__":
    main()
