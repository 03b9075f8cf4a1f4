"""All analyses and decisions -> the archive, in which each name belongs to an entity or to none.

- `blocking` has the table of all names, and says under which keys they are compared;
- `clustering/equal_names` makes clusters of names of equal key;
- `decisions/` joins and separates clusters as people decided;
- `clustering/` joins and splits them by what articles show, a family of rules in each module; `co_occurrence` says
  whether the other names of two articles support it;
- `entities/` gives each group of clusters a canonical name, a descriptor, a distinction and an id;
- `rules` has all of this in order;
- `update/` applies them to the connected components that a change affects, at first to all;
- `shared_names` tells each article which names of other articles it overlooks.

Nothing compares all names with all others: the work grows with the number of names.
"""

from __future__ import annotations

from glossator.stages.resolve.decisions.apply import unknown_articles
from glossator.stages.resolve.decisions.statements import confirmed_names
from glossator.stages.resolve.entities.earns_page import PAGE_REASONS
from glossator.stages.resolve.entities.salience import article_names
from glossator.stages.resolve.shared_names import OfferedNames, offered_names, share_names
from glossator.stages.resolve.update.closure import entities_called
from glossator.stages.resolve.update.update import resolve_changes

__all__ = [
    "PAGE_REASONS",
    "OfferedNames",
    "article_names",
    "confirmed_names",
    "entities_called",
    "offered_names",
    "resolve_changes",
    "share_names",
    "unknown_articles",
]
