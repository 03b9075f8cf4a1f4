"""Fills the addresses of a release into README.md, and prints the notes of the release.

usage: python requirements/release.py OWNER/REPOSITORY TAG

README.md names no address of its own, because a copy of this repository has another one: the line that installs gets
the address of the wheel of this release, and the demo that of the site which this repository publishes.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
INSTALLED = "git+REPOSITORY"
"""What the line that installs names until there is a release."""
DEMO = "The demo"
"""Words that become a link."""


def main(arguments: list[str]) -> int:
    """Return 1 if the tag is not that of the version in pyproject.toml."""
    repository, tag = arguments
    version = re.search(r'^version = "(.+)"$', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    if version is None or tag != f"v{version[1]}":
        print(f"The tag {tag} is not that of the version in pyproject.toml.", file=sys.stderr)
        return 1
    readme = ROOT / "README.md"
    readme.write_text(filled(readme.read_text("utf-8"), repository, version[1]), "utf-8")
    print(notes((ROOT / "CHANGELOG.md").read_text("utf-8"), wheel(repository, version[1])))
    return 0


def filled(readme: str, repository: str, version: str) -> str:
    """Return the text of README.md with the addresses of a release."""
    demo = f"[{DEMO}]({site(repository)})"
    return readme.replace(INSTALLED, wheel(repository, version)).replace(DEMO, demo, 1)


def wheel(repository: str, version: str) -> str:
    """Return the address of the wheel of a release."""
    return f"https://github.com/{repository}/releases/download/v{version}/glossator-{version}-py3-none-any.whl"


def site(repository: str) -> str:
    """Return the address of the site that a repository publishes with GitHub Pages."""
    owner, _, name = repository.partition("/")
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def notes(changelog: str, address: str) -> str:
    """Return the line that installs, and the newest part of the change log."""
    parts = re.split(r"^## ", changelog, flags=re.MULTILINE)
    newest = parts[1].partition("\n")[2].strip() if len(parts) > 1 else ""
    return f"```console\n$ pipx install {address}\n```\n\n{newest}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
