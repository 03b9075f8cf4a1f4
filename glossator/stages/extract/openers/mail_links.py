"""Addresses in mail: those that tell the sender who follows them are replaced by what they lead to, or removed."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Collection
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from glossator import web_addresses

_LONGEST = 4_000
"""Characters; longer addresses carry data."""
_REDIRECTING_HOST = re.compile(
    r"(?:e|em\d*|email|mail\w*|clicks?|links?|lnk|t|tr|trk|track\w*|go|r|url\d+|ct|cts?|cl|c|news|newsletter|nl|info)\d*\."
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
    return web_addresses.web_address(
        urlunsplit(parts._replace(query=_without_personal(parts.query), fragment=_plain(parts.fragment)))
    )


def _without_personal(query: str) -> str:
    if not query:
        return ""
    fields = parse_qsl(query, keep_blank_values=True)
    return urlencode([(key, value) for key, value in fields if not _PERSONAL.fullmatch(key) and not _is_opaque(value)])


def _plain(fragment: str) -> str:
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
