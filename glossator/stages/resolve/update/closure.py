"""How far a change reaches: the neighbourhoods of the names that came or went, and those that depend on their company.

A neighbourhood depends on the company of its names; that changes where a name's base is another or has another rarity.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from glossator.model import ArticleId, ArticleNames, Decisions, Name, Note, PublishedId, ReadTable
from glossator.stages.resolve.blocking import keys
from glossator.stages.resolve.decisions.lookup import HINTS, START
from glossator.stages.resolve.decisions.outcome import Words
from glossator.stages.resolve.decisions.overrides import target_of
from glossator.stages.resolve.decisions.statements import select
from glossator.stages.resolve.rules import Ground, prepare
from glossator.stages.resolve.update import rows
from glossator.stages.resolve.update.article_context import Patches, Within, patched, rarities
from glossator.stages.resolve.update.batch import Batch, assemble
from glossator.stages.resolve.update.components import Ties
from glossator.stages.resolve.update.results import Results, Setting, conclude, meet
from glossator.stages.resolve.update.rows import DEPENDENT, Links, Neighbourhood

Changed = Mapping[ArticleId, ArticleNames | None]
"""The articles that are new or differ, as they are now; None for one that is no more."""


@dataclass(slots=True)
class Reach:
    """State: the neighbourhoods that were reached so far, and the links that were looked at."""

    read: ReadTable
    changed: Changed
    decided: tuple[Decisions, Sequence[Note]]
    ids: Mapping[str, PublishedId]
    articles: int
    """How many there are now."""
    loaded: dict[str, Neighbourhood] = field(default_factory=dict)
    links: Links = field(init=False)

    def __post_init__(self) -> None:
        self.links = Links(self.read)

    def resolve(self) -> Results:
        """Resolve what is reached, and what that turns out to depend on, until nothing more is reached."""
        while True:
            batch = assemble(self.loaded.values(), self.changed)
            ground = prepare(batch.names, Words(*select(*self.decided, batch.statements), batch.published))
            members = meet(batch, ground, self.decided)
            if self.load(self.neighbours(members)):
                continue
            weights = rarities(ground, self.articles)
            patches = self.patches(batch, ground, weights)
            if self.load(self.dependent(patches)):
                continue
            setting = Setting(batch, ground, members, weights, Within(ground, weights), patches)
            results = conclude(setting, patched(setting.within, self.read, self.changed, patches))
            if not self.load(self.neighbours(results.ties())):
                return results

    def load(self, names: Iterable[str]) -> bool:
        """Load neighbourhoods; false if all of them are here."""
        missing = sorted(set(names) - self.loaded.keys())
        self.loaded |= rows.read_neighbours(self.read, missing) if missing else {}
        return bool(missing)

    def holders(self, names: Iterable[Name]) -> set[str]:
        """The neighbourhoods of names, as far as they are remembered."""
        held = {keys.general(target_of(name, self.ids)) for name in names}
        self.links.look(held)
        return {holder for key in held if (holder := self.links.holder(key))}

    def neighbours(self, found: Iterable[Ties]) -> set[str]:
        """The neighbourhoods of those who have ties."""
        if "" in self.loaded:
            return set()  # all are here
        known = {key for one in self.loaded.values() for key in one.holds}
        asked = {key for one in self.loaded.values() for key in one.asks}
        ties = list(found)
        holds = {key for one in ties for key in one.holds} - known
        asks = {key for one in ties for key in one.asks} - known - asked
        self.links.look(holds | asks)
        askers = {name for key in holds for name in self.links.everyone(key)}
        return askers | {holder for key in asks if (holder := self.links.holder(key))}

    def patches(self, batch: Batch, ground: Ground, weights: Sequence[float]) -> Patches:
        """For articles that did not change those of their names whose base or rarity did."""
        names, homes = batch.names, ground.gathered.homes
        somewhere = dict(zip(names.numbers, homes, strict=True))
        now = {number: (ground.bases[home], weights[home]) for number, home in somewhere.items()}
        moved = {number for number, base in now.items() if batch.bases[number] not in (None, base)}
        found: dict[ArticleId, dict[int, tuple[str, float]]] = {}
        for place, number in enumerate(names.numbers) if moved else ():
            article = names.articles[place]
            if number in moved and article not in self.changed:
                found.setdefault(article, {})[names.indices[place]] = now[number]
        return found

    def dependent(self, patches: Patches) -> set[str]:
        """The neighbourhoods that depend on what articles are about."""
        gists = rows.read_gists(self.read, sorted(patches)) if patches else {}
        found = self.holders(name for gist in gists.values() for name in gist.names)
        return {one for one in found if one.startswith(DEPENDENT)}

    def stirs(self, guessed: Collection[str], setting: Setting) -> bool:
        """Whether names that begin so came or went, or may have been touched by what people said."""
        if not guessed:
            return False
        names, homes = setting.batch.names, setting.ground.gathered.homes
        bases = {number: setting.ground.bases[home] for number, home in zip(names.numbers, homes, strict=True)}
        now = {(names.known[number].form, base) for number, base in bases.items()}
        before = {(sign[0], sign[4]) for one in self.loaded.values() for sign in one.signs}
        spoken = {entry for entries in setting.members.entries for entry in entries}
        marked = any(sign[3] for one in self.loaded.values() for sign in one.signs)
        stirred = {form for form, _ in (now | before if spoken else now ^ before)} | spoken
        return marked or len(guessed) > HINTS or any(form.casefold()[:START] in guessed for form in stirred)
