"""Our own extensions: what `pyproject.toml` states as entry points, for a clone of the repository has none."""

from __future__ import annotations

from collections.abc import Mapping

_OPENERS = "glossator.extensions.openers"
OWN: Mapping[str, Mapping[str, str]] = {
    "openers": {
        "annotations": f"{_OPENERS}.highlights:ANNOTATIONS",
        "bookmarks": f"{_OPENERS}.link_lists:BOOKMARKS",
        "clipper-highlights": f"{_OPENERS}.highlights:CLIPPER",
        "desktop": f"{_OPENERS}.link_lists:SHORTCUT",
        "docx": f"{_OPENERS}.docx:DOCX",
        "email": f"{_OPENERS}.mail:MAIL",
        "epub": f"{_OPENERS}.epub:EPUB",
        "instapaper": f"{_OPENERS}.link_lists:TABLE",
        "karakeep": f"{_OPENERS}.services:KARAKEEP",
        "kindle": f"{_OPENERS}.highlights:KINDLE",
        "links": f"{_OPENERS}.link_lists:TABLE",
        "linkwarden": f"{_OPENERS}.services:LINKWARDEN",
        "mbox": f"{_OPENERS}.mail:MAILBOX",
        "omnivore": f"{_OPENERS}.services:OMNIVORE",
        "omnivore-json": f"{_OPENERS}.services:OMNIVORE_ITEMS",
        "pdf": f"{_OPENERS}.pdf:PDF",
        "pinboard": f"{_OPENERS}.services:PINBOARD",
        "pocket": f"{_OPENERS}.link_lists:TABLE",
        "pocket-html": f"{_OPENERS}.link_lists:BOOKMARKS",
        "pocket-zip": f"{_OPENERS}.link_lists:POCKET",
        "raindrop": f"{_OPENERS}.link_lists:TABLE",
        "readability": f"{_OPENERS}.services:READABILITY",
        "readeck": f"{_OPENERS}.services:READECK",
        "readeck-csv": f"{_OPENERS}.link_lists:TABLE",
        "readwise": f"{_OPENERS}.link_lists:TABLE",
        "readwise-highlights": f"{_OPENERS}.highlights:READWISE",
        "url": f"{_OPENERS}.link_lists:SHORTCUT",
        "wacz": f"{_OPENERS}.web_archives:WACZ",
        "wallabag": f"{_OPENERS}.services:WALLABAG",
        "wallabag-csv": f"{_OPENERS}.link_lists:TABLE",
        "warc": f"{_OPENERS}.web_archives:WARC",
        "webarchive": f"{_OPENERS}.webarchive:WEBARCHIVE",
        "webloc": f"{_OPENERS}.link_lists:SHORTCUT",
        "zip": f"{_OPENERS}.zip_archives:ZIP",
        "zipped-html": f"{_OPENERS}.zip_archives:PACKED_PAGE",
        "zotero-note": f"{_OPENERS}.zotero_notes:ZOTERO_NOTE",
    },
    "exports": {
        "sqlite": "glossator.extensions.exports.databases:SQLITE",
        "csl": "glossator.extensions.exports.bibliography:CSL",
        "ris": "glossator.extensions.exports.bibliography:RIS",
        "bibtex": "glossator.extensions.exports.bibtex:BIBTEX",
        "dossier": "glossator.extensions.exports.dossier:DOSSIER",
        "epub": "glossator.extensions.exports.epub:EPUB",
        "vault": "glossator.extensions.exports.vault:VAULT",
        "page": "glossator.extensions.exports.single_page:PAGE",
    },
    "checks": {},
    "commands": {"mcp": "glossator.extensions.mcp.command:MCP"},
    "executors": {},
    "themes": {
        "broadsheet": "glossator.extensions.themes:BROADSHEET",
        "folio": "glossator.extensions.themes:FOLIO",
    },
}
"""Group -> name -> `module:attribute` of what we give ourselves."""
