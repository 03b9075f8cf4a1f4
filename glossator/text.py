"""Texts as one line of characters that a reader can see, as XML can hold them, and as digests."""

from __future__ import annotations

import difflib
import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence

from glossator.model import Digest

# Unicode Standard Annex 9: embeddings, overrides and isolates reach beyond a title, for instance in the title of a
# window, and an override shows a text backwards. The marks U+200E, U+200F and U+061C reach no further and stay.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_WIDTHLESS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_NO_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that no XML file may have, escaped or not: XML 1.0, section 2.2."""
_SENTENCE_END = re.compile(r"(?:\w{3}[.!?…؟।][”\"’'»)\]]*(?=\s)|[。！？][”」』）]*)")
"""End of a sentence behind a word of three letters: most shorter ones are abbreviations, such as Mr."""

DATELINE = re.compile(r"[A-Z][A-Z .,'-]{2,30}(?:,[^-–—]{1,30})?(?:\([^)]*\))?\s*[-–—]+\s+")
"""The place, perhaps with a date, before the first sentence of a report: "RAVNSBORG, May 2 —"."""
_AGENCY = re.compile(r"\((?:[A-Z]{2,5}|Reuters)\)\s*(?:[-–—]+\s*)?")
"""The agency of a report before its first sentence."""

MOST_LISTED = 5
"""Files, addresses or paths that one sentence lists."""
LONGEST_REASON = 200
"""Characters of what an exception of somebody else says."""


def one_line(text: str) -> str:
    """Return a text with single spaces between its words, without control characters and halves of characters."""
    if not text.isprintable():
        text = _INVISIBLE.sub("", text)
    return " ".join(text.split())


def nearest(word: str, words: Iterable[str]) -> str:
    """Return the word that another is probably meant for, as a question; all words that are known if none is near."""
    names = list(words)
    near = difflib.get_close_matches(word, names, 1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(names)}."


def without_dateline(sentence: str) -> str:
    """Return the first sentence of a report without its dateline: the place, the date and the agency.

    What goes on with a small letter is no report but an aside: "NASA — which had built it — waited".
    """
    opening = DATELINE.match(sentence) or _AGENCY.match(sentence)
    return sentence if opening is None or sentence[opening.end() :][:1].islower() else sentence[opening.end() :]


def cut(text: str, longest: int) -> str:
    """Return a text of at most so many characters, which ends with an ellipsis if it was longer.

    It is cut between words if the last of them does not take half of it.
    """
    if len(text) <= longest:
        return text
    kept = text[:longest]
    whole = kept.rpartition(" ")[0]
    return f"{(whole if len(whole) * 2 > longest else kept[:-1]).rstrip(' ,;:–—-')}…"


_SINGLE = str.maketrans("“”„", "‘’‚")


def within_quotation_marks(text: str) -> str:
    """Return a text as it stands between “ and ”: double quotation marks of its own are single ones."""
    return re.sub('"([^"]*)"', r"‘\1’", text).translate(_SINGLE)


def whole_sentences_of(text: str, longest: int) -> str:
    """Return the first sentences of a text that have so many characters together; the first one if it is longer.

    A text of such a length, and one without the end of a sentence, stays as it is.
    """
    if len(text) <= longest:
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text)] or [len(text)]
    return text[: max((end for end in ends if end <= longest), default=ends[0])]


def error_in_words(error: BaseException) -> str:
    """Return the kind and the message of an exception that somebody else's code raised, in one short line."""
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 -- their code makes the message, too
        message = ""
    return cut(one_line(f"{type(error).__name__}: {message}").rstrip(": "), LONGEST_REASON)


def list_first(items: Sequence[str]) -> str:
    """Return the first of some items as a message lists them, and how many more there are."""
    more = f" and {len(items) - MOST_LISTED:,} more" if len(items) > MOST_LISTED else ""
    return ", ".join(items[:MOST_LISTED]) + more


def bare_words(text: str) -> str:
    """Return the words of a text without case, signs and underscores, so that the spellings of a name are equal."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def xml_text(text: str) -> str:
    """Return the text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)


def digest(*parts: str | bytes) -> Digest:
    """Return the digest of a sequence of texts; the bounds between them count."""
    hasher = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        hasher.update(len(data).to_bytes(8, "big"))
        hasher.update(data)
    return Digest(hasher.hexdigest())


def visible(text: str) -> str:
    """Return a text as it is compared: of equal characters one, and none without width."""
    return text if text.isascii() else _WIDTHLESS.sub("", unicodedata.normalize("NFKC", text))


def plain_file_name(name: str) -> str:
    """Return a file's name without what systems and people do not see: case, spaces around it, dots at its end."""
    return visible(name).casefold().strip().rstrip(". ")
