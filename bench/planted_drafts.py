"""Invented drafts with planted faults, made of what an archive says.

A draft has quotations and sentences of articles, untouched but for one fault. Invented quotations are sentences of
articles that were moved out of the archive.
"""

from __future__ import annotations

import hashlib
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

from glossator import markup
from glossator.config import Config
from glossator.content.article_store import StoredArticle, read_article_store
from glossator.incremental.workers.executors import Workers
from glossator.model import EntityType
from glossator.pipeline import ArchivePaths
from glossator.pipeline.proof.prove_drafts import Scope, open_proving
from glossator.stages.proof.sources import sentences_of

FOLDS = 5
LEFT_OUT = 10
"""One article of so many is left out of the archive."""
UNTOUCHED = 6
"""Quotations and sentences of a draft without a fault."""
FAULTS = ("word", "drop", "negation", "speaker", "source", "number", "name", "splice", "invented")
AUXILIARIES = "is are was were will would can could should has have had does did do".split()
NEGATION = re.compile(r"\b(?:not|never|no)\s")
FORMATS = ("md", "html", "docx")


class Said(NamedTuple):
    """Words of an article, with who says them if it is known."""

    text: str
    article: StoredArticle
    speaker: str = ""


class Planted(NamedTuple):
    """A paragraph of a draft: what it holds, and the fault in it."""

    paragraph: str
    text: str
    """The words that a finding about it overlaps."""
    fault: str = ""
    quoted: bool = True
    said: bool = False
    """True if it names a speaker."""


class Pool(NamedTuple):
    """What drafts are made of."""

    quotes: Sequence[Said]
    sentences: Sequence[Said]
    invented: Sequence[str]
    speakers: Sequence[str]
    sources: Sequence[str]
    words: Sequence[str]


def leave_out(folder: Path) -> None:
    """Move some articles out of an archive, with the files that they were made of."""
    target = folder / "left-out"
    if target.exists():
        return
    target.mkdir()
    for article in read_article_store(folder / "content" / "articles").kept:
        if int(hashlib.sha256(article.head.id.encode()).hexdigest()[:8], 16) % LEFT_OUT == 0:
            (folder / "content" / "articles" / article.file).rename(target / article.file.replace("/", "-"))
            if article.conversion:
                (folder / "content" / "saved" / article.conversion.file).unlink(missing_ok=True)


def fold(article: str) -> int:
    return int(hashlib.sha256(article.encode()).hexdigest()[8:16], 16) % FOLDS


def read_pool(folder: Path, paths: ArchivePaths, config: Config, folds: set[int]) -> Pool:
    """Return the quotations and sentences of articles of some folds, and what faults are made of."""
    quotes: list[Said] = []
    sentences: list[Said] = []
    speakers: Counter[str] = Counter()
    words: Counter[str] = Counter()
    sources: Counter[str] = Counter()
    with Workers(config.build) as workers, open_proving(paths, config, workers, Scope()) as proving:
        store = read_article_store(folder / "content" / "articles")
        for article in store.kept:
            text = markup.read(store.open(article).markdown)
            analysis = proving._analysis(article.head.id)  # noqa: SLF001  # what the build found
            if analysis is None or (article.head.language or "en")[:2] != "en":
                continue
            sources.update([article.head.site] if article.head.site else [])
            words.update(re.findall(r"\b[a-z]{4,10}\b", text.content[:4000]))
            for quote in analysis.quotes:
                name = analysis.names[quote.name] if quote.name is not None else None
                if name and name.type is EntityType.PERSON:
                    speakers[name.form] += 1
                if fold(article.head.id) in folds and is_fit(quote.text):
                    quotes.append(Said(quote.text.rstrip(",."), article, name.form if name else ""))
            if fold(article.head.id) not in folds:
                continue
            for start, end in sentences_of(text):
                sentence = " ".join(text.content[start:end].split())
                named = any(
                    start <= mention.start < end and analysis.names[mention.name].type is EntityType.PERSON
                    for mention in analysis.mentions
                )
                if (
                    named
                    and is_fit(sentence)
                    and sentence[0].isupper()
                    and sentence.endswith(".")
                    and '"' not in sentence
                ):
                    sentences.append(Said(sentence, article))
    invented = list(left_out_sentences(folder / "left-out"))
    common = [word for word, count in words.items() if count > 3]
    return Pool(quotes, sentences, invented, sorted(speakers), sorted(sources), sorted(common))


def is_fit(text: str) -> bool:
    return 7 <= len(text.split()) <= 45 and not re.search(r"[“”\n\[\]…*_<>]|\.\.\.|https?:", text)


def left_out_sentences(folder: Path) -> Iterator[str]:
    store = read_article_store(folder)
    for article in store.kept:
        if (article.head.language or "en")[:2] != "en":
            continue
        text = markup.read(store.open(article).markdown)
        for start, end in sentences_of(text):
            sentence = " ".join(text.content[start:end].split())
            if is_fit(sentence) and sentence[0].isupper() and sentence.endswith("."):
                yield sentence.rstrip(".")


def planted_drafts(pool: Pool, count: int, seed: int) -> Iterator[tuple[str, Sequence[Planted], bytes]]:
    """Yield drafts, each with its file name, its paragraphs and its bytes; each kind of fault in turn, then none."""
    for number in range(count):
        chance = random.Random(seed * 100_003 + number)
        form = FORMATS[number % len(FORMATS)]
        fault = (*FAULTS, "")[number % (len(FAULTS) + 1)]
        parts = list(compose(pool, fault, chance))
        name = f"draft-{number:03}-{fault or 'none'}.{form}"
        yield name, parts, written([part.paragraph for part in parts], form)


def compose(pool: Pool, fault: str, chance: random.Random) -> Iterator[Planted]:
    """Yield the paragraphs of a draft, of which one has the fault."""
    parts = [untouched(pool, chance) for _ in range(UNTOUCHED)]
    if fault:
        parts.insert(chance.randrange(len(parts) + 1), planted_fault(pool, fault, chance))
    yield from parts


def untouched(pool: Pool, chance: random.Random) -> Planted:
    if chance.random() < 0.4:
        sentence = chance.choice(pool.sentences)
        return Planted(sentence.text, sentence.text, quoted=False)
    return quoted(chance.choice(pool.quotes), chance)


def quoted(said: Said, chance: random.Random, fault: str = "", text: str = "", source: str = "") -> Planted:
    """Return a paragraph that quotes some words, with who said them and where if the article tells."""
    text = text or said.text
    site = source or said.article.head.site or ""
    forms = [f"As I read somewhere: “{text}.” That was all.", f"“{text}.” So it is written."]
    if site:
        forms += [f"“{text},” {site} reported.", f"According to {site}, “{text}”."]
        if said.article.head.source and not source:
            forms.append(f"It says “[{text}]({said.article.head.source})” and no more.")
    named = said.speaker and (fault == "speaker" or chance.random() < 0.6) and fault != "source"
    if named:
        who = said.speaker
        forms = [f"“{text},” said {who}.", f"{who} said: “{text}.”", f"> {text}.\n>\n> — {who}"]
        if site:
            forms += [f"“{text},” {who} told {site}.", f"“{text},” said {who}, according to {site}."]
    if source:
        forms = [f"“{text},” {site} reported.", f"According to {site}, “{text}”.", f"{site} wrote: “{text}.”"]
    return Planted(chance.choice(forms), text, fault, said=bool(named))


def planted_fault(pool: Pool, fault: str, chance: random.Random) -> Planted:
    """Return a paragraph with a fault."""
    while True:
        made = attempt(pool, fault, chance)
        if made:
            return made


def attempt(pool: Pool, fault: str, chance: random.Random) -> Planted | None:
    """Return a paragraph with a fault; None if the words that were drawn do not allow it."""
    said = chance.choice(pool.quotes)
    if fault == "number":
        return with_other_number(chance.choice(pool.sentences), chance)
    if fault == "name":
        return with_misspelt_name(chance.choice(pool.sentences), said, chance)
    if fault in ("speaker", "source"):
        return with_other_origin(pool, said, fault, chance)
    text = chance.choice(pool.invented) if fault == "invented" else with_other_words(pool, said, fault, chance)
    return quoted(said, chance, fault, text) if text else None


def with_other_words(pool: Pool, said: Said, fault: str, chance: random.Random) -> str:
    """Return the words of a quotation with one changed, dropped or negated, or with the end of another quotation."""
    words = said.text.split()
    if fault == "splice":
        other = chance.choice(pool.quotes)
        more = other.text.split()
        short = len(words) < 12 or len(more) < 12 or other.article.head.id == said.article.head.id
        return "" if short else " ".join((*words[: len(words) // 2], *more[len(more) // 2 :]))
    if fault == "negation":
        negated = NEGATION.search(said.text)
        if negated and negated.start():
            return said.text[: negated.start()] + said.text[negated.end() :]
        at = next((at for at, word in enumerate(words[1:-1], 1) if word in AUXILIARIES), 0)
        return " ".join((*words[: at + 1], "not", *words[at + 1 :])) if at else ""
    at = chance.randrange(1, len(words) - 1)
    new = chance.choice(pool.words) if fault == "word" else ""
    negation = not words[at].isalpha() or words[at].lower() in ("not", "never", "no")
    equal = new == words[at] or (not new and words[at] in (words[at - 1], words[at + 1]))
    return "" if negation or equal else " ".join(filter(None, (*words[:at], new, *words[at + 1 :])))


def with_other_origin(pool: Pool, said: Said, fault: str, chance: random.Random) -> Planted | None:
    """Return a quotation with the speaker, or the publication, of another one."""
    if fault == "speaker":
        other = chance.choice(pool.speakers)
        alike = not said.speaker or other.split()[-1] == said.speaker.split()[-1]
        return None if alike else quoted(said._replace(speaker=other), chance, fault)
    source = chance.choice(pool.sources)
    sites = {said.article.head.site} | {other.article.head.site for other in pool.quotes if other.text == said.text}
    return quoted(said, chance, fault, source=source) if said.article.head.site and source not in sites else None


def with_other_number(sentence: Said, chance: random.Random) -> Planted | None:
    figures = list(re.finditer(r"(?<![\w.,])\d{1,3}(?:,\d{3})*(?![\w,.]\d|\w)", sentence.text))
    if not figures:
        return None
    chosen = chance.choice(figures)
    figure = chosen[0]
    at = chance.choice([index for index, letter in enumerate(figure) if letter.isdigit()])
    digit = chance.choice([str(value) for value in range(1, 10) if str(value) != figure[at]])
    other = f"{figure[:at]}{digit}{figure[at + 1 :]}"
    return Planted(
        sentence.text[: chosen.start()] + other + sentence.text[chosen.end() :],
        sentence.text[: chosen.start()] + other,
        "number",
        False,
    )


def with_misspelt_name(sentence: Said, said: Said, chance: random.Random) -> Planted | None:
    """Return a sentence, or a quotation, in which two letters of a name are in the wrong order, or one is another."""
    own = chance.random() < 0.6
    text = sentence.text if own else said.text
    names = list(re.finditer(r"(?<=[a-z,] )[A-Z][a-z]{4,}(?: [A-Z][a-z]{4,})?\b", text))
    if not names:
        return None
    chosen = chance.choice(names)
    start = chosen.start() + (chosen[0].rfind(" ") + 1)
    word = text[start : chosen.end()]
    at = chance.randrange(1, len(word) - 2)
    if chance.random() < 0.5:
        other = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    else:
        other = word[:at] + chance.choice("aeioulnrst".replace(word[at], "")) + word[at + 1 :]
    if other == word:
        return None
    changed = text[:start] + other + text[chosen.end() :]
    if own:
        return Planted(changed, changed, "name", False)
    return quoted(said, chance, "name", changed)


def written(paragraphs: Sequence[str], form: str) -> bytes:
    """Return a draft in a format."""
    if form == "md":
        return "\n\n".join(("# A draft", *paragraphs)).encode()
    blocks = [re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r"\1", paragraph) for paragraph in paragraphs]
    if form == "docx":
        return word_document([re.sub(r"> (.*)\n>\n> (.*)", r"“\1” \2", block) for block in blocks])
    body = "".join(map(element, paragraphs))
    head = "<!doctype html><html lang=en><head><title>A draft</title></head>"
    return f"{head}<body><article><h1>A draft</h1>{body}</article></body></html>".encode()


def element(paragraph: str) -> str:
    """Return a paragraph of Markdown as HTML."""
    linked = re.sub(r"\[([^\]]+)\]\(([^)]+)\)", r'<a href="\2">\1</a>', escape(paragraph, quote=False))
    if not paragraph.startswith(">"):
        return f"<p>{linked}</p>"
    lines = [line.removeprefix("&gt;").strip() for line in linked.split("\n")]
    return f"<blockquote>{''.join(f'<p>{line}</p>' for line in lines if line)}</blockquote>"


def word_document(paragraphs: Sequence[str]) -> bytes:
    """Return a Word document of paragraphs."""
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>' for text in ("A draft", *paragraphs)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    kinds = "application/vnd.openxmlformats-"
    types = (
        f'<Types xmlns="{package}/content-types">'
        f'<Default Extension="rels" ContentType="{kinds}package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" '
        f'ContentType="{kinds}officedocument.wordprocessingml.document.main+xml"/></Types>'
    )
    relations = (
        f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="r" Type="{office}" Target="word/document.xml"/></Relationships>'
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr("_rels/.rels", relations)
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>')
    return made.getvalue()
