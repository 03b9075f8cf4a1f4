"""site/ -> a branch of a Git remote, whose files a host such as GitHub Pages serves.

The branch is made in a repository of its own, which is thrown away: the archive's repository, its index and its work
tree are never touched, and nothing that was withdrawn stays behind in it.
"""

from __future__ import annotations

from glossator.publish.before_publishing import Excess, excesses, is_on_github, newly_public, record_publication
from glossator.publish.branch import Publication, RemoteBranch, open_branch
from glossator.publish.remote import Destination, destination, origin, pages_address
from glossator.publish.staged_files import staged_and_kept_back

__all__ = [
    "Destination",
    "Excess",
    "Publication",
    "RemoteBranch",
    "destination",
    "excesses",
    "is_on_github",
    "newly_public",
    "open_branch",
    "origin",
    "pages_address",
    "record_publication",
    "staged_and_kept_back",
]
