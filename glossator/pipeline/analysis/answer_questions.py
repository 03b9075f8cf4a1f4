"""Questions of own pages -> their answers, brought up to date with the articles that changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from glossator import markup
from glossator.files import Unusable
from glossator.incremental.cache import DamagedRow
from glossator.incremental.namespace import Namespace
from glossator.incremental.schema import (
    ANSWER_PARTS,
    ANSWER_RANKS,
    ANSWER_ROWS,
    ANSWER_STATE,
    ANSWERS,
    AnswerState,
)
from glossator.model import (
    MOST_ROWS,
    Answer,
    AnswerRow,
    ArticleId,
    AskedQuestion,
    Digest,
    Entity,
    EntityId,
    OwnPage,
    Problem,
    Question,
)
from glossator.pipeline.analysis.asked_archive import AskedArchive, kind_of
from glossator.pipeline.analysis.find_entities import ArchiveChange
from glossator.pipeline.context import BuildContext, Problems, timed
from glossator.stages.answer import Ranks, counted_names, is_asked, matches, ordered, read_question, resolved
from glossator.text import digest

QUESTIONS = "questions"
"""Stage of the problems with questions."""
MOST_QUESTIONS = 100
"""Questions that one page may ask."""
_HELD = 64
"""Articles held open while several questions are asked of each."""


class FoundAnswers(msgspec.Struct, frozen=True):
    """The answers after `answer_questions`. Their rows are in the namespace, not committed yet."""

    namespace: Namespace
    answers: Mapping[str, tuple[Answer | None, ...]]
    """Answers to the questions of each own page that asks, in their order; None for a question without an answer."""
    problems: Problems


def with_questions(pages: Iterable[OwnPage]) -> tuple[tuple[OwnPage, ...], Problems]:
    """Return own pages with the questions in them, and what is wrong with those that cannot be read."""
    asking: list[OwnPage] = []
    problems: list[Problem] = []
    for page in pages:
        asked = []
        for number, fence in enumerate(markup.question_fences(page.markdown)):
            line = page.first_line + fence.line - 1
            if number >= MOST_QUESTIONS:
                problems.append(_problem(page, line, f"asks more than {MOST_QUESTIONS} questions: divide the page"))
                asked.append(AskedQuestion(line, None))
                continue
            question, lines, faults = read_question(fence.text)
            asked.append(AskedQuestion(line, question, {key: line + number for key, number in lines.items()}))
            problems += (_problem(page, line + fault.line, fault.message) for fault in faults)
        asking.append(replace(page, questions=tuple(asked)))
    return tuple(asking), tuple(problems)


def _problem(page: OwnPage, line: int, message: str) -> Problem:
    return Problem(QUESTIONS, page.file, message, line)


@timed("questions")
def answer_questions(
    context: BuildContext,
    archive: AskedArchive,
    pages: Iterable[OwnPage],
    change: ArchiveChange,
    digests: Mapping[ArticleId, str],
) -> FoundAnswers:
    """Bring the answers up to date.

    `change` are the differences of the archive since the last build; `digests` are those of the head, the text and what
    was found in it, of each article.
    """
    private = (archive.private.whole, archive.private.surnames)
    namespace = Namespace(context.cache, ANSWERS, private_names=repr(private))
    answerable: dict[str, list[Digest | None]] = {}
    questions: dict[Digest, Question] = {}
    problems: list[Problem] = []
    for page in pages:
        for asked in page.questions:
            question, faults = _resolved(asked, archive)
            problems += (_problem(page, line, message) for line, message in faults)
            key = _key(question) if question else None
            answerable.setdefault(page.name, []).append(key)
            if question and key:
                questions[key] = question
    state = namespace.value(ANSWER_STATE, AnswerState({}, frozenset()))
    if questions or state.questions:
        _Answering(namespace, archive, state).answer(questions, change, digests)
    rows = namespace.read(ANSWER_ROWS, sorted(questions))
    answers = {
        name: tuple(replace(rows[key], question=key) if key else None for key in keys)
        for name, keys in answerable.items()
    }
    return FoundAnswers(namespace, answers, tuple(problems))


def answer(archive: AskedArchive, question: Question) -> Answer:
    """Return the answer to a question whose names and keywords are those of the archive; nothing is stored."""
    answering = _Answering(Namespace(None, ANSWERS, private_names=""), archive, AnswerState({}, frozenset()))
    key = _key(question)
    answering.answer({key: question}, ArchiveChange({}, {}), dict.fromkeys(archive.heads, ""))
    return answering.namespace.read(ANSWER_ROWS, [key])[key]


def _resolved(asked: AskedQuestion, archive: AskedArchive) -> tuple[Question | None, Sequence[tuple[int, str]]]:
    if asked.question is None:
        return None, ()
    question, faults = resolved(asked.question, asked.lines, archive.known)
    return question, faults


def _key(question: Question) -> Digest:
    """Return the digest of a question, in which nothing counts that changes no row."""
    return digest(repr(replace(question, show="list", columns=(), limit=min(question.limit, MOST_ROWS))))


class _Answering:
    """One round of answers. State: the articles that were opened last."""

    def __init__(self, namespace: Namespace, archive: AskedArchive, state: AnswerState) -> None:
        self.namespace, self.archive, self.state = namespace, archive, state
        self.unread: set[ArticleId] = set()
        self._passages = lru_cache(_HELD)(archive.passages)

    def answer(
        self, questions: Mapping[Digest, Question], change: ArchiveChange, given: Mapping[ArticleId, str]
    ) -> None:
        """Write the answers to all questions, the rows behind them, and what they were made of."""
        archive, state = self.archive, self.state
        copies = archive.copies if any(question.independent for question in questions.values()) else frozenset()
        digests = {article: self._digest(article, given[article], article in copies) for article in archive.heads}
        changed = {article for article, now in digests.items() if state.articles.get(article) != now}
        changed |= {article for article in _reread(change) if article in digests}
        gone = state.articles.keys() - digests.keys()
        renamed = any(_name(pair[0]) != _name(pair[1]) for pair in change.entities.values())
        ranks = self.namespace.read(ANSWER_RANKS, sorted(questions.keys() & state.questions))
        new = {key: self._candidates(question) for key, question in questions.items()}
        new = {key: asked if key not in state.questions else asked & changed for key, asked in new.items()}
        parts = self._parts(questions, new)
        for key, question in questions.items():
            former = ranks.get(key, {})
            leaving = {article for article in former if article in changed or article in gone}
            if key in state.questions and not (leaving or parts[key] or (renamed and question.order == "name")):
                continue
            now = {article: rank for article, rank in former.items() if article not in leaving}
            of_rows = attrgetter("key" if question.find == "names" else "day")
            now |= {article: tuple(map(of_rows, rows)) for article, rows in parts[key].items()}
            stored = {} if question.find == "names" else parts[key]
            lost = dict.fromkeys(leaving - stored.keys())
            self.namespace.write(ANSWER_PARTS, {f"{key} {article}": part for article, part in (stored | lost).items()})
            self.namespace.write(ANSWER_RANKS, {key: now})
            self.namespace.write(ANSWER_ROWS, {key: self._answer(key, question, now)})
        self._forget(state.questions - questions.keys())
        for article in self.unread:
            digests[article] = Digest("")
        now_state = AnswerState(digests if questions else {}, frozenset(questions))
        if now_state != state:
            self.namespace.set_value(ANSWER_STATE, now_state)

    def _digest(self, article: ArticleId, given: str, is_copy: bool) -> Digest:
        archive = self.archive
        others = (archive.topic_of.get(article, ""), archive.highlights.get(article, ()))
        hidden = article in archive.private.articles
        return digest(given, str(others[0]), repr(others[1]) if others[1] else "", str((hidden, is_copy)))

    def _candidates(self, question: Question) -> set[ArticleId]:
        """Return the articles that can answer a question, by the names that they have to mention."""
        archive = self.archive
        articles = set(archive.highlights) & archive.heads.keys() if question.find == "highlights" else {*archive.heads}
        for names in (question.of, question.beside, question.about):
            if names:
                articles &= archive.articles_of(map(EntityId, names))
        return articles

    def _parts(
        self, questions: Mapping[Digest, Question], asked: Mapping[Digest, set[ArticleId]]
    ) -> dict[Digest, dict[ArticleId, tuple[AnswerRow, ...]]]:
        """Return the rows by which articles answer questions; each article is opened for all questions at once."""
        parts: dict[Digest, dict[ArticleId, tuple[AnswerRow, ...]]] = {key: {} for key in questions}
        for article in filter(self.archive.is_told, sorted(set().union(*asked.values()))):
            about, opened = self.archive.article(article), partial(self._passages, article)
            for key, question in questions.items():
                if article in asked[key] and is_asked(question, about):
                    try:
                        rows = tuple(matches(question, about, opened, self.archive.kind_of))
                    except Unusable:
                        self.unread.add(article)
                        continue
                    if rows:
                        parts[key][article] = rows
        return parts

    def _answer(self, key: Digest, question: Question, ranks: Ranks) -> Answer:
        """Return the answer from what its rows are sorted by."""
        most = min(question.limit, MOST_ROWS)
        if question.find == "names":
            archive = self.archive
            days = {article: (archive.heads[article].date or "")[:10] for article in ranks}
            rows = counted_names(question, ranks, days, archive.name_key)
            return Answer(key, tuple(rows[:most]), len(rows), len(rows) > MOST_ROWS == most)
        order = ordered(question, ranks, self.archive.title_key)
        shown = order[:most]
        needed = {article: f"{key} {article}" for article, _ in shown}
        parts = self.namespace.read(ANSWER_PARTS, sorted(needed.values()))
        if lost := set(needed.values()) - parts.keys():
            raise DamagedRow(min(lost))
        taken = tuple(parts[needed[article]][index] for article, index in shown)
        return Answer(key, taken, len(order), len(order) > MOST_ROWS == most)

    def _forget(self, questions: Iterable[Digest]) -> None:
        """Remove the rows of questions that nobody asks any more."""
        ranks = self.namespace.read(ANSWER_RANKS, sorted(questions))
        for key in ranks:
            self.namespace.write(ANSWER_PARTS, {f"{key} {article}": None for article in ranks[key]})
        self.namespace.write(ANSWER_RANKS, dict.fromkeys(questions))
        self.namespace.write(ANSWER_ROWS, dict.fromkeys(questions))


def _reread(change: ArchiveChange) -> Iterator[ArticleId]:
    """Yield the articles whose names are of others than before, or of entities that became others."""
    yield from change.resolved
    for former, now in change.entities.values():
        if kind_of(former) != kind_of(now):
            yield from (appearance.article for side in (former, now) if side for appearance in side.appearances)


def _name(entity: Entity | None) -> str:
    return entity.name if entity else ""
