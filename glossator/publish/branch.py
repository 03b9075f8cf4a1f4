"""The branch that is served: what it holds now, what a publication would change, and the publication itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import msgspec

from glossator.config import SiteError
from glossator.model import SitePath
from glossator.output import MANIFEST, is_private, manifest
from glossator.publish import remote
from glossator.publish.remote import Destination
from glossator.temporary_folders import temporary_folder
from glossator.text import list_first

CNAME = SitePath("CNAME")
"""File with the domain of a site on GitHub Pages, which its settings write into the branch."""
KEPT = frozenset([CNAME])
"""Files of a branch that stay although the site does not have them."""
ALLOWED = frozenset([CNAME, ".nojekyll", MANIFEST])
"""Files that a branch may have without a publication that put them there."""
AUTHOR = {
    f"GIT_{role}_{field}": value
    for role in ("AUTHOR", "COMMITTER")
    for field, value in (("NAME", "Glossator"), ("EMAIL", "glossator@localhost"))
}
"""Author of every publication, so that nobody's name and address become public by it."""


class Publication(msgspec.Struct, frozen=True):
    """A commit that is ready to be pushed, and how it differs from what is served now."""

    commit: str
    new: tuple[SitePath, ...]
    changed: tuple[SitePath, ...]
    gone: tuple[SitePath, ...]

    @property
    def differs(self) -> bool:
        return bool(self.new or self.changed or self.gone)


@contextmanager
def open_branch(target: Destination | None) -> Iterator[RemoteBranch]:
    """Read the branch into a repository of its own, which is removed in the end; None stands for an empty branch.

    Raises SiteError if the remote cannot be reached.
    """
    with temporary_folder("publish") as made:
        folder = str(made)
        remote.run(["init", "--quiet", "--bare", folder])
        settings = {
            "core.autocrlf": "false",
            "core.attributesFile": "/dev/null",
            "core.hooksPath": "/dev/null",
            "core.quotePath": "false",
            "gc.auto": "0",
        }
        if target and target.settings:
            settings = {"include.path": str(target.settings), **settings}
        for name, value in settings.items():
            remote.run(["--git-dir", folder, "config", name, value])
        yield RemoteBranch(folder, target)


class RemoteBranch:
    """A branch as it is served. State: its newest commit, and its files."""

    def __init__(self, folder: str, target: Destination | None) -> None:
        self._folder = folder
        self.target = target
        self._tip = self._fetched() if target else ""
        self._files = self._listed(self._tip) if self._tip else {}

    @property
    def exists(self) -> bool:
        return bool(self._tip)

    def domain(self) -> str:
        """Return the domain that the branch names for the site, if any."""
        return self._git("cat-file", "blob", self._files[CNAME]).decode().strip() if CNAME in self._files else ""

    def foreign(self) -> list[SitePath]:
        """Return the files of the branch that no publication of ours has put there."""
        if MANIFEST not in self._files:
            return sorted(path for path in self._files if path not in ALLOWED)
        with temporary_folder("manifest") as folder:
            Path(folder, MANIFEST).write_bytes(self._git("cat-file", "blob", self._files[SitePath(MANIFEST)]))
            ours = manifest(folder)
        return sorted(path for path in self._files if path not in ours and path not in ALLOWED)

    def prepare(self, site: Path, *, history: bool) -> Publication:
        """Make a commit of the site's files; with `history`, its parent is what is served now.

        Files of the site that no build has written are left out. Raises SiteError if the branch has foreign files, or
        a file is missing.
        """
        if foreign := self.foreign():
            raise SiteError(
                f"The branch {self.target} holds files that Glossator did not publish: {list_first(foreign)}.",
                "Nothing was published. Choose another branch with --branch, or delete this one first.",
            )
        if is_private(site):
            raise SiteError(f"{site} holds a private site, with what you keep back.", "Nothing was published.")
        paths = sorted([*manifest(site), SitePath(MANIFEST)])
        work_tree = ("--work-tree", str(site))
        self._git(*work_tree, "update-index", "--add", "-z", "--stdin", given="\0".join(paths).encode())
        kept = {path: blob for path, blob in self._files.items() if path in KEPT and path not in paths}
        for path, blob in kept.items():
            self._git("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}")
        tree = self._git("write-tree").decode().strip()
        parents = ["-p", self._tip] if history and self._tip else []
        commit = self._git("commit-tree", tree, *parents, "-m", "Publish the site", variables=AUTHOR).decode().strip()
        return _compared(commit, self._files, self._listed(commit))

    def paths(self, publication: Publication) -> list[SitePath]:
        """Return the files of the site that a publication has."""
        return [path for path in self._listed(publication.commit) if path not in KEPT]

    def push(self, publication: Publication) -> None:
        """Replace the branch, if it still is what it was when it was read. Raises SiteError."""
        assert self.target, "nothing is pushed to nowhere"
        name = f"refs/heads/{self.target.branch}"
        lease = f"--force-with-lease={name}:{self._tip}"
        try:
            self._git("push", "--quiet", lease, self.target.address, f"{publication.commit}:{name}")
        except SiteError as error:
            if "stale info" in error.message or "fetch first" in error.message or "cannot lock ref" in error.message:
                raise SiteError(
                    f"Somebody else changed {self.target} in the meantime.", "Nothing was published. Publish again."
                ) from None
            raise SiteError(error.message, "Nothing was published.") from None

    def _fetched(self) -> str:
        """Fetch the branch without its files' contents, where the remote can do that; return its newest commit."""
        assert self.target
        name = f"refs/heads/{self.target.branch}"
        try:
            self._git("remote", "add", "served", self.target.address)
            if not self._git("ls-remote", "served", name).strip():
                return ""
            self._git("fetch", "--quiet", "--depth=1", "--filter=blob:none", "--no-tags", "served", name)
        except SiteError as error:
            hint = "Nothing was published. Check the address, and that you may write there."
            raise SiteError(f"{self.target} cannot be read. {error.message}", hint) from None
        return self._git("rev-parse", "FETCH_HEAD").decode().strip()

    def _listed(self, commit: str) -> dict[SitePath, str]:
        """Return the files of a commit, with the digests of their contents."""
        blobs = {}
        for entry in self._git("ls-tree", "-r", "-z", commit).decode("utf-8", "replace").split("\0"):
            if entry:
                about, _, path = entry.partition("\t")
                blobs[SitePath(path)] = about.split()[2]
        return blobs

    def _git(self, *arguments: str, given: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
        return remote.run(["--git-dir", self._folder, *arguments], given, variables)


def _compared(commit: str, served: Mapping[SitePath, str], prepared: Mapping[SitePath, str]) -> Publication:
    return Publication(
        commit,
        tuple(path for path in prepared if path not in served),
        tuple(path for path, blob in prepared.items() if served.get(path, blob) != blob),
        tuple(path for path in served if path not in prepared),
    )
