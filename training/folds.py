"""Folds of the saved pages: all pages of a domain are in one, so that no judge is measured on a site it has seen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

FOLDS = 5


def fold_of(name: str, truth: Mapping[str, Any]) -> int:
    """Return the fold of a page, the same for all pages of a domain."""
    host = urlsplit(truth.get("url") or "").hostname or ""
    domain = name if not host or host == "fakehost" else ".".join(host.split(".")[-2:])
    return int(hashlib.sha256(domain.encode()).hexdigest(), 16) % FOLDS
