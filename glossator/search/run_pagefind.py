"""Pagefind, run as a command; if it fails, the sentence that says how to install it again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from glossator.config import SiteError


def run_pagefind(site: Path, built: Path, language: str) -> None:
    """Run Pagefind as a command: its Python interface may end before the last of the files is on disk."""
    command = [sys.executable, "-m", "pagefind", "--silent", "--keep-index-url", "--site", str(site)]
    command += ["--output-path", str(built), "--force-language", language.split("-", maxsplit=1)[0]]
    process = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter, with paths of ours
    if process.returncode:
        reason = (process.stderr or process.stdout).strip().splitlines()[-1:] or [f"exit code {process.returncode}"]
        hint = "Install it again: pip install --force-reinstall pagefind pagefind-bin."
        raise SiteError(f"Pagefind could not index the site: {reason[0]}.", hint)
