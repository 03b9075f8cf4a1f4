"""Commands for Python in messages, as they run on this machine."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

_PYTHON = re.compile(r"\bpython -m (?=spacy |pip )|(?<![\w./-])(?<!\bpython -m )(?=pip install )")
"""Beginning of a command for Python; pip is run as a module."""


def runnable(message: str) -> str:
    """Return a message whose commands run the Python that runs this program.

    `python` is another one, or none, if the program was installed by pipx or is called by its path. An environment made
    by uv has no pip, which spaCy's download needs too: the command then begins by installing pip.
    """
    python = shutil.which("python")
    active = python and Path(python).parent == Path(sys.executable).parent
    named = "python" if active else shlex.quote(sys.executable)
    if find_spec("pip"):
        return message if active else _PYTHON.sub(f"{named} -m ", message)
    pip = f"uv pip install --python {named} pip" if shutil.which("uv") else f"{named} -m ensurepip"
    return _PYTHON.sub(f"{pip} && {named} -m ", message)
