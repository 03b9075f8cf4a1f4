"""Markdown with HTML in it -> Markdown without."""

from __future__ import annotations

import re
from collections.abc import Callable

from bs4 import BeautifulSoup

_CODE = re.compile(
    r"(?P<fence>^[ ]{0,3}(?P<mark>`{3,}|~{3,})[^\n]*\n(?:.*?\n)??[ ]{0,3}(?P=mark)[`~]*[ \t]*$)"
    r"|(?P<span>(?<![\\`])(?P<ticks>`+)(?!`)(?:[^\n]|\n(?!\s*\n))+?(?<!`)(?P=ticks)(?!`))"
    r"|(?P<indented>(?:(?<=\n\n)|\A)(?<!\A)(?:[ ]{4}|\t)(?![ ]*(?:[-*+]|\d+\.)\s)[^\n]*(?:\n(?:[ ]{4}|\t)[^\n]*)*)",
    re.MULTILINE | re.DOTALL,
)
_UNSEEN = re.compile(
    r"<(?P<mark>!--)|<(?P<name>script|style|iframe|object|svg|math|template|noscript|head|form|video|audio|canvas)\b",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)(?P<rest>(?:\s(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*)?/?)>")
_AUTOLINK = re.compile(r"<(?:https?://|mailto:)[^\s<>]+>|<[\w.+-]+@[\w.-]+>")
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**"}
_BREAKS = frozenset(
    """p div section article figure figcaption aside main header footer table thead tbody tr ul ol dl dt dd center
    details summary blockquote pre address nav""".split()
)
_SILENT = frozenset(
    """span font small big sup sub u s del ins mark kbd var samp abbr cite q time label button input picture source
    wbr td th colgroup col caption html body a iframe embed svg meta link object script style video audio form
    """.split()
)


def outside_code(markdown: str, change: Callable[[str], str]) -> str:
    """Markdown with a change made to all of it that is no code."""
    done, position = [], 0
    for code in _CODE.finditer(markdown):
        done += [change(markdown[position : code.start()]), code[0]]
        position = code.end()
    return "".join([*done, change(markdown[position:])])


def without_html(markdown: str) -> str:
    """Simple tags become what Markdown has for them, comments and scripts go, what is no tag of HTML becomes text."""
    return re.sub(r"\n{3,}", "\n\n", outside_code(markdown, _converted)).strip("\n")


def _converted(text: str) -> str:
    if "<" not in text:
        return text
    text = _without_unseen(text)
    addresses: list[str] = []
    text = _TAG.sub(lambda tag: _tag(tag, addresses), text)
    # Links that were opened and not closed end where the text does.
    text += "".join(f"]({address})" for address in reversed(addresses) if address)
    kept = _AUTOLINK.findall(text)
    pieces = [re.sub(r"<(?=[A-Za-z/!?])", "&lt;", piece) for piece in _AUTOLINK.split(text)]
    return "".join(piece + link for piece, link in zip(pieces, [*kept, ""], strict=True))


def _without_unseen(text: str) -> str:
    """Text without comments, scripts and the like. One that does not end stays, and is looked for once only."""
    done, position, endless = [], 0, set[str]()
    for start in _UNSEEN.finditer(text):
        closing = "-->" if start["mark"] else rf"</{start['name'].lower()}\s*>"
        if start.start() < position or closing in endless:
            continue
        if end := re.compile(closing, re.IGNORECASE).search(text, start.end()):
            done.append(text[position : start.start()])
            position = end.end()
        else:
            endless.add(closing)
    return re.sub(r"<[?!][A-Za-z\[][^<>]*>", "", "".join([*done, text[position:]]))


def _tag(match: re.Match[str], addresses: list[str]) -> str:  # noqa: PLR0911  # one return for each kind of tag
    """What stands for one tag; `addresses` are those of the links that are open."""
    name, closing = match["name"].lower(), bool(match["end"])
    if name == "a":
        return _link(match[0], closing, addresses)
    if name in _MARKS:
        return _MARKS[name]
    if name == "code":
        return "`"
    if name == "br":
        return "  \n"
    if name == "hr":
        return "\n\n---\n\n"
    if name == "img":
        return _image(match[0])
    if name == "li":
        return "" if closing else "\n- "
    if re.fullmatch(r"h[1-6]", name):
        return "\n\n" if closing else "\n\n" + "#" * int(name[1]) + " "
    if name in _BREAKS:
        return "\n\n"
    return "" if name in _SILENT else "&lt;" + match[0][1:]


def _link(tag: str, closing: bool, addresses: list[str]) -> str:
    if closing:
        address = addresses.pop() if addresses else ""
        return f"]({address})" if address else ""
    address = _attribute(tag, "href")
    addresses.append(address if re.match(r"https?://|mailto:|#", address) else "")
    return "[" if addresses[-1] else ""


def _image(tag: str) -> str:
    address = _attribute(tag, "src")
    alternative = re.sub(r"[\[\]\n]", " ", _attribute(tag, "alt"))
    return f"![{alternative}]({address})" if re.match(r"(?!\w+:)[^\s]+|https?://", address) else alternative


def _attribute(tag: str, name: str) -> str:
    """The value of an attribute; in an address, what would end it in Markdown is percent-encoded."""
    elements = BeautifulSoup(tag, "html.parser").find_all(True, limit=1)
    value = str(elements[0].get(name) or "").strip() if elements else ""
    return value if name == "alt" else re.sub(r"[\s<>()]", lambda sign: f"%{ord(sign[0]):02X}", value)
