"""What stands for the content of a file as long as nobody touches it: its size and its times."""

from __future__ import annotations

import os
import stat
import time

YOUNG = 2_000_000_000
"""Nanoseconds: a file touched so shortly before it was looked at may change again and bear the same times."""


def stamp(about: os.stat_result) -> str:
    """The stamp of a regular file; empty where it proves nothing, for the file was touched just before, or is none."""
    touched = max(about.st_mtime_ns, about.st_ctime_ns)
    if touched > time.time_ns() - YOUNG or not stat.S_ISREG(about.st_mode):
        return ""
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns}"
