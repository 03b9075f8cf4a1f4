"""Our own extensions: what `pyproject.toml` states as entry points, for a clone of the repository has none."""

from __future__ import annotations

from collections.abc import Mapping

_OPENERS = "glossator.extensions.openers"
OWN: Mapping[str, Mapping[str, str]] = {
    "openers": {
        "bookmarks": f"{_OPENERS}.link_lists:BOOKMARKS",
        "desktop": f"{_OPENERS}.link_lists:SHORTCUT",
        "docx": f"{_OPENERS}.docx:DOCX",
        "email": f"{_OPENERS}.mail:MAIL",
        "epub": f"{_OPENERS}.epub:EPUB",
        "instapaper": f"{_OPENERS}.link_lists:TABLE",
        "karakeep": f"{_OPENERS}.services:KARAKEEP",
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
        "url": f"{_OPENERS}.link_lists:SHORTCUT",
        "wacz": f"{_OPENERS}.web_archives:WACZ",
        "wallabag": f"{_OPENERS}.services:WALLABAG",
        "wallabag-csv": f"{_OPENERS}.link_lists:TABLE",
        "warc": f"{_OPENERS}.web_archives:WARC",
        "webarchive": f"{_OPENERS}.webarchive:WEBARCHIVE",
        "webloc": f"{_OPENERS}.link_lists:SHORTCUT",
        "zip": f"{_OPENERS}.zip_archives:ZIP",
        "zipped-html": f"{_OPENERS}.zip_archives:PACKED_PAGE",
    },
    "exports": {
        "sqlite": "glossator.extensions.exports.databases:SQLITE",
        "datasette": "glossator.extensions.exports.databases:DATASETTE",
        "openrefine": "glossator.extensions.openrefine.table:OPENREFINE",
        "jsonld": "glossator.extensions.exports.web_annotations:JSONLD",
        "csl": "glossator.extensions.exports.bibliography:CSL",
        "ris": "glossator.extensions.exports.bibliography:RIS",
        "bibtex": "glossator.extensions.exports.bibtex:BIBTEX",
        "dossier": "glossator.extensions.exports.dossier:DOSSIER",
        "epub": "glossator.extensions.exports.epub:EPUB",
        "vault": "glossator.extensions.exports.vault:VAULT",
        "okf": "glossator.extensions.exports.okf:OKF",
        "labelstudio": "glossator.extensions.exports.annotations:LABEL_STUDIO",
        "conll": "glossator.extensions.exports.annotations:CONLL",
        "spacy": "glossator.extensions.exports.training:SPACY",
        "page": "glossator.extensions.exports.single_page:PAGE",
    },
    "checks": {},
    "commands": {
        "mcp": "glossator.extensions.mcp.command:MCP",
        "entity.reconciled": "glossator.extensions.openrefine.command:RECONCILED",
    },
    "executors": {"dask": "glossator.extensions.dask_cluster:DASK_CLUSTER"},
}
"""Group -> name -> `module:attribute` of what we give ourselves."""
