"""Pictures that notes name by the end of a path, which may lie in any folder of their vault."""

from __future__ import annotations

import os
from collections import defaultdict
from pathlib import Path

import msgspec

from glossator.local_pictures import SUFFIXES


class VaultPictures(msgspec.Struct, frozen=True):
    """Finder of pictures in vaults. State: the pictures of each vault that was looked through, by their names."""

    by_vault: dict[Path, dict[str, list[str]]] = msgspec.field(default_factory=dict)

    def find(self, vault: Path, name: str) -> Path | None:
        """Return the only picture of a vault whose path ends in a name; None if there is none, or are several.

        Of several, programs for notes write as much of the path as tells them apart.
        """
        if vault not in self.by_vault:
            self.by_vault[vault] = _pictures(vault)
        wanted = name.replace("\\", "/").strip("/").casefold()
        ends = [path for path in self.by_vault[vault].get(wanted.rpartition("/")[2], ()) if _ends_in(path, wanted)]
        return vault / ends[0] if len(ends) == 1 else None


def _ends_in(path: str, wanted: str) -> bool:
    return f"/{path}".casefold().endswith(f"/{wanted}")


def _pictures(vault: Path) -> dict[str, list[str]]:
    """Return the paths of the pictures below a folder, by their names in lower case; nothing hidden, and no links."""
    found: dict[str, list[str]] = defaultdict(list)
    for folder, folders, names in os.walk(vault):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            path = Path(folder, name)
            if path.suffix.lower() in SUFFIXES and not name.startswith(".") and not path.is_symlink():
                found[name.casefold()].append(path.relative_to(vault).as_posix())
    return dict(found)
