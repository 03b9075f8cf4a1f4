"""Text of a mail without what concerns its reader alone: addresses of recipients, ways to unsubscribe, traces.

Addresses that tell the sender who follows them are replaced by what they lead to, or removed.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection, Iterator
from html import escape
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from lxml import etree
from lxml.html import HtmlElement

from glossator import addresses
from glossator.stages.extract.html.parse.parse_page import opened

_LONGEST = 4_000
"""Characters; longer addresses carry data."""
_REDIRECTING_HOST = re.compile(
    r"(?:e|em|email|mail\w*+|clicks?|links?|lnk|t|tr|trk|track\w*+|go|r|url\d++|ct|cts?|cl|c|news|newsletter|nl|info)\d*\."
    r"|.*\b(?:list-manage|sendgrid|mailchimp|mandrillapp|awstrack|hubspotlinks|exacttarget|sailthru|mailerlite|"
    r"convertkit-mail\d*|beehiiv|klclick\d*|sendinblue|sibforms|rs6|cmail\d+|createsend\d*|mailgun|mjt)\.",
    re.IGNORECASE,
)
"""First label, or service, of hosts that count who follows a link in a mail."""
_REDIRECTING_PATH = re.compile(
    r"/(?:track\w*|trk|clicks?|redirect\w*|redir|cl0|c|l|r|e|u|x|s/c|ss/c|f/a|ctt|links?|open|wf|ls)(?:/|$)",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"https?(?::|%3A)(?:%2F%2F[^&\s/?#]+|//[^&\s]+)", re.IGNORECASE)
"""Address within another, encoded or not."""
_PERSONAL = re.compile(
    r"utm_\w+|mc_\w+|_hs\w+|mkt_tok|ck_\w+|vero_\w+|vgo_\w+|oly_\w+|e?mail(?:_?address)?|e|uid|user(?:_?id)?|sid|"
    r"subscriber(?:_?id)?|recipient(?:_?id)?|contact(?:_?id)?|member(?:_?id)?|token|jwt|sig(?:nature)?|hash|key|"
    r"fbclid|gclid|trk\w*|ref(?:errer)?|s_cid|cid|mid|isfreemail|r",
    re.IGNORECASE,
)
"""Parameters by which a sender recognises a reader or a sending."""


def clean_address(address: str, recipients: Collection[str]) -> str:
    """Return a web address without what tells who follows it; empty if nothing else is left, or it is no web address.

    `recipients` are the addresses that the mail went to, in small letters.
    """
    for _ in range(3):  # services follow each other's links
        if len(address) > _LONGEST or not address.lower().startswith(("http://", "https://")):
            return ""
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return ""
        rest = address[len(parts.scheme) + 3 + len(parts.netloc) :]
        redirecting = bool(_REDIRECTING_HOST.match(host) or _REDIRECTING_PATH.search(parts.path))
        target = _EMBEDDED.search(rest) if redirecting else None
        if not target:
            break
        address = unquote(target[0]) if "%" in target[0][:10] else target[0]
    if (redirecting and any(map(_is_opaque, re.split(r"[/=&?#;,]", rest)))) or _names_reader(address, recipients):
        return ""
    return addresses.web_address(
        urlunsplit(parts._replace(query=_without_personal(parts.query), fragment=_plain_fragment(parts.fragment)))
    )


def _without_personal(query: str) -> str:
    if not query:
        return ""
    fields = parse_qsl(query, keep_blank_values=True)
    return urlencode([(key, value) for key, value in fields if not _PERSONAL.fullmatch(key) and not _is_opaque(value)])


def _plain_fragment(fragment: str) -> str:
    return "" if _is_opaque(fragment) else fragment


def _is_opaque(text: str) -> bool:
    """True if a text is a code and no words: long, and of digits and letters of both cases, or hexadecimal."""
    if len(text) < 20:
        return False
    if re.fullmatch(r"[0-9a-fA-F-]{24,}|[A-Za-z0-9+=%._~-]{120,}", text):
        return True
    digits, capitals = sum(map(str.isdigit, text)), sum(map(str.isupper, text))
    return digits >= 2 and capitals >= 2 and not re.search(r"[a-z]{4,}(?:-[a-z]+){2}", text)


def _names_reader(address: str, recipients: Collection[str]) -> bool:
    """True if an address contains one of a recipient, plainly or in base64."""
    plain = unquote(unquote(address)).lower()
    codes = (b64encode(name.encode("utf-8", "replace")).decode().rstrip("=")[:-1] for name in recipients)
    return any(name in plain for name in recipients) or any(code in address for code in codes)


_LONGEST_NOTICE = 500
"""Characters of a block that goes as a whole if it is about the subscription; of a longer one, only the link goes."""
_LONGEST_BROKEN = 200
"""Characters of such a block with more than one broken line."""
_SUBSCRIPTION = re.compile(
    r"""unsubscri | opt.?out\ (?:here|of\ (?:these|this|future|our))
    | no\ longer\ (?:wish|want)\ to\ receive | (?:was|is)\ sent\ to\b.{0,80}@
    | (?:manage|update|change|edit)\ (?:your\ )?(?:\w+\ )?(?:preferences|subscription)
    | view\ (?:\w+\ |e-mail\ ){0,3}(?:in|on)\ (?:\w+\ )?(?:web\ ?)?browser | view\ (?:this\ e-?mail\ )?online
    | you(?:'re|’re|\ are)\ receiving\ (?:this|these)
    | abmelden | abbestell | austragen | im\ browser\ (?:an(?:zeigen|sehen)|öffnen)
    | désabonn | désinscri | dans\ (?:votre|le)\ navigateur
    | darse\ de\ baja | (?:cancelar|anular)\ (?:la\ |tu\ |su\ )?suscripci | en\ (?:el|tu|su)\ navegador
    | disiscri | annulla(?:re)?\ l'iscrizione | nel\ browser
    | uitschrij | afmelden | in\ (?:je|uw)\ browser
    | cancelar\ (?:a\ )?(?:inscrição|assinatura) | no\ (?:seu\ )?navegador
    | avregistrer | avslutt | wypisz | отписа | 退订 | 取消订阅 | 配信停止""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
MAIL_ADDRESS = re.compile(r"[\w.+'’&=-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_SENT_TO = re.compile(
    r"^[> \t*]{0,40}(?:to|cc|bcc|an|kopie|à|para|aan|a|til|till|do|кому|收件人|宛先)[ \t]{0,3}\*?[ \t]{0,3}:.*@.*$",
    re.IGNORECASE | re.MULTILINE,
)
"""Header line of a forwarded or quoted message that names its recipients."""
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"\])]+", re.IGNORECASE)
_DEEPEST = 20
"""Levels of quotation."""
_WRAPPED = 55
"""Characters that a line has at least if it was wrapped at a fixed width."""
_HOLLOW = re.compile(r"<\s*>|\[\s*\]|\(\s*\)")
_PADDING = re.compile(r"(?:[\u034f\u00ad\u200b-\u200d\u2007\ufeff\u2800\u180e][^\S\u2007]*){2,}")
"""Invisible characters by which senders keep the text out of a preview."""
_HOLDERS = frozenset("p li td th div h1 h2 h3 h4 h5 h6 section footer center blockquote address".split())
_LINES = frozenset("br p li tr div blockquote".split())
_TEXT_ATTRIBUTES = ("alt", "title")


def clean_page(html: str, recipients: Collection[str]) -> bytes:
    """Return the HTML of a mail, cleaned; pictures that are loaded from elsewhere go, because loading them is counted.

    `recipients` are the addresses that the mail went to, in small letters.
    """
    tree = opened(html)
    if tree is None:
        return b""
    etree.strip_elements(tree, "script", "style", "title", with_tail=False)
    names = {*recipients, *sent_to("".join(_lines(tree)))}
    _drop_remote_pictures(tree)
    for tag in list(tree.iter(*_HOLDERS)):
        if _is_notice(tag):
            tag.clear(keep_tail=True)
    _clean_links(tree, names)
    for tag in tree.iter():
        tag.text, tag.tail = _plain(tag.text, names), _plain(tag.tail, names)
        for name in _TEXT_ATTRIBUTES:
            if tag.get(name):
                tag.set(name, _plain(tag.get(name), names) or "")
    data: bytes = etree.tostring(tree, encoding="utf-8", method="html")
    return data


def _drop_remote_pictures(tree: HtmlElement) -> None:
    for image in list(tree.iter("img", "source", "image")):
        address = str(image.get("src") or "").strip().lower()
        kept = [(name, value) for name, value in image.attrib.items() if name in ("src", "alt", "width", "height")]
        image.attrib.clear()
        image.attrib.update(kept)
        if not address.startswith(("cid:", "data:")):
            image.drop_tree()


def _clean_links(tree: HtmlElement, names: Collection[str]) -> None:
    for link in list(tree.iter("a", "area")):
        words = " ".join("".join(link.itertext()).split())
        address = clean_address(str(link.get("href") or "").strip(), names)
        if _SUBSCRIPTION.search(words):
            link.drop_tree()
        elif not address or _SUBSCRIPTION.search(address):
            link.drop_tag()
        else:
            link.set("href", address)


def clean_text(text: str, recipients: Collection[str]) -> bytes:
    """Return the plain text of a mail as HTML, cleaned.

    `recipients` are the addresses that the mail went to, in small letters.
    """
    names = {*recipients, *sent_to(text)}
    paragraphs = re.split(r"\n[ \t]*\n", _SENT_TO.sub("", text))
    kept: list[str] = []
    dropped = False
    for paragraph in paragraphs:
        alone = bool(_WEB_ADDRESS.fullmatch(paragraph.strip("<>[]() \t\n")))
        if dropped and alone:  # the address of the notice before
            continue
        dropped = len(paragraph) <= _LONGEST_NOTICE and bool(_SUBSCRIPTION.search(paragraph))
        if not dropped:
            kept.append(_plain(_WEB_ADDRESS.sub(lambda match: _written(match[0], names), paragraph), names) or "")
    blocks = (_block(_HOLLOW.sub("", paragraph)) for paragraph in kept)
    return f"<body>{''.join(blocks)}</body>".encode("utf-8", "replace")


def _block(paragraph: str, depth: int = 0) -> str:
    """Return a paragraph as HTML. Lines are joined if all but the last are long, as those of a wrapped text are."""
    lines = [line for line in paragraph.split("\n") if line.strip()]
    if lines and depth < _DEEPEST and all(line.startswith(">") for line in lines):
        inner = "\n".join(line[1:].removeprefix(" ") for line in lines)
        return f"<blockquote>{_block(inner, depth + 1)}</blockquote>"
    wrapped = all(len(line) >= _WRAPPED or line.endswith(" ") for line in lines[:-1])
    return f"<p>{(' ' if wrapped else '<br>').join(_linked(line.strip()) for line in lines)}</p>" if lines else ""


def _linked(line: str) -> str:
    return _WEB_ADDRESS.sub(lambda match: f'<a href="{match[0]}">{match[0]}</a>', escape(line, quote=False))


def sent_to(text: str) -> set[str]:
    """Return the addresses, in small letters, that messages quoted in a text say they went to."""
    return {address.lower() for line in _SENT_TO.findall(text) for address in MAIL_ADDRESS.findall(line)}


def _written(address: str, names: Collection[str]) -> str:
    end = address[len(address.rstrip(".,;:!?'")) :]
    cleaned = clean_address(address.removesuffix(end), names)
    return "" if _SUBSCRIPTION.search(cleaned) else cleaned + end


def _is_notice(tag: HtmlElement) -> bool:
    """True if a block without blocks is a short one about the subscription, with a link or an address.

    A letter may be one block, with its lines broken: of that, only the link goes.
    """
    if next(tag.iterdescendants(*_HOLDERS), None) is not None:
        return False
    words = " ".join("".join(tag.itertext()).split())
    if not _SUBSCRIPTION.search(words) or ("@" not in words and next(tag.iter("a"), None) is None):
        return False
    return len(words) <= (_LONGEST_BROKEN if len(tag.findall("br")) > 1 else _LONGEST_NOTICE)


def _lines(tree: HtmlElement) -> Iterator[str]:
    for tag in tree.iter():
        if tag.tag in _LINES:
            yield "\n"
        yield tag.text or ""
        yield ("\n" if tag.tag in _LINES and tag.tag != "br" else "") + (tag.tail or "")


def _plain(text: str | None, names: Collection[str]) -> str | None:
    """Return a text without the addresses of recipients and without padding."""
    if not text:
        return text
    if "@" in text:
        text = MAIL_ADDRESS.sub(lambda match: "…" if match[0].lower() in names else match[0], text)
    return _PADDING.sub("", text)
