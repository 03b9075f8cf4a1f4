"""Markup that gets round sanitisers which parse otherwise than browsers do, in every place that an article has."""

from __future__ import annotations

from html import escape
from pathlib import Path

IMAGE = '<img src="x" onerror="window.pwned=1">'
VECTORS = {
    "selectedcontent": f"<select><button><selectedcontent></selectedcontent></button><option selected>{IMAGE}</select>",
    "selectedcontent in a button": f"<select><button><selectedcontent>{IMAGE}</selectedcontent></button></select>",
    "annotation-xml": f'<math><annotation-xml encoding="text/html"><style>{IMAGE}</style></annotation-xml></math>',
    "annotation-xml in a form": f"<form><math><mtext></form><form><mglyph><annotation-xml><style></math>{IMAGE}",
    "shadow root": f'<div><template shadowrootmode="open">{IMAGE}<slot></slot></template></div>',
    "partial update": f'<div id="p"><?start name="p"?></div><template for="p">{IMAGE}</template>',
    "partial update of the page": f'<template contentmethod="replace-children"><main>{IMAGE}</main></template>',
    "patch": f'<template patchfor="p1">{IMAGE}</template>',
    "textarea in an attribute": f"<p title='</textarea></title></style></script>{IMAGE}'>a</p>",
    "noscript in an attribute": f"<noscript><p title='</noscript>{IMAGE}'></noscript>",
    "title in an attribute": f"<svg><title><p id='</title>{IMAGE}'></svg>",
    "comment in an attribute": f"<p title='--><!-- --!>{IMAGE}'>a</p><!--",
    "xmp, noembed and plaintext": f"<xmp><p title='</xmp>{IMAGE}'></xmp><noembed><p title='</noembed>{IMAGE}'></noembed>",
    "animated address": '<svg><a><animate attributeName="href" values="javascript:window.pwned=1"/><text>a</text></a></svg>',
    "animated address with a prefix": '<svg><a><set attributeName="xlink:href" to="javascript:window.pwned=1"/></a></svg>',
    "set handler": '<svg><set attributeName="onmouseover" to="window.pwned=1" begin="0s"/></svg>',
    "animation that begins": '<svg><animate onbegin="window.pwned=1" attributeName="x" dur="1s"/></svg>',
    "reference in SVG": '<svg><use href="data:image/svg+xml,<svg id=x onload=window.pwned=1>#x"/></svg>',
    "popover": f'<button popovertarget="p">a</button><div popover id="p" onbeforetoggle="window.pwned=1">{IMAGE}</div>',
}
"""Vectors by name. Each sets `window.pwned` if it works."""


def saved(title: str, vector: str) -> str:
    """Return a saved page that has the vector as markup and as text, in its body and in what it says of itself."""
    shown = escape(vector)
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} {shown}</title>
<meta name="author" content="{shown}"><meta name="description" content="{shown}"><meta property="og:site_name" content="{shown}">
</head><body><article><h1>{title} {shown}</h1><p>Marta Lindqvist of the Skerry Harbour Board spoke in Ravnsborg of the
wall, which is to be raised by a metre before the autumn storms. The mark is {mark(title)}.</p>{vector}
<p>{shown}</p><p title="{shown}">The Board will meet again in a month, and few of its members wanted to say more.</p>
<blockquote><p>{shown}</p></blockquote><ul><li>{shown}</li></ul><pre><code>{shown}</code></pre>
<p><a href="{shown}">{shown}</a></p></article></body></html>"""


def own(title: str, vector: str) -> str:
    """Return an article of a person's own with the vector in all of its fields and as raw markup."""
    quoted = "'" + vector.replace("'", "''") + "'"
    return f"""---
title: {quoted}
description: {quoted}
site: {quoted}
authors: [{quoted}]
tags: [{quoted}]
---
Marta Lindqvist spoke in Ravnsborg. The mark is {mark(title)}.

{vector}

# {vector}

[{vector}]({vector} "{vector}")

    {vector}
"""


def mark(title: str) -> str:
    """Return a word that the page of a vector has."""
    return "mark" + "".join(letter for letter in title if letter.isalpha()).lower() + "x"


def write(folder: Path) -> None:
    """Write an archive with every vector in a saved page, in an article, as a name and as a note."""
    for path in ("saved", "articles", "gazetteers", "entities"):
        (folder / "content" / path).mkdir(parents=True)
    names = []
    for number, (title, vector) in enumerate(VECTORS.items()):
        (folder / "content" / "saved" / f"saved-{number}.html").write_text(saved(f"saved {title}", vector), "utf-8")
        (folder / "content" / "articles" / f"own-{number}.md").write_text(own(f"own {title}", vector), "utf-8")
        text = f"Note on {vector}\n\nMarta Lindqvist spoke in Ravnsborg. The mark is {mark(f'text {title}')}.\n" * 3
        (folder / "content" / "saved" / f"text-{number}.txt").write_text(text, "utf-8")
        literal = vector.replace("'''", "")
        names.append(f"[[entity]]\nname = '''{literal}'''\ntype = \"person\"\naliases = [\"Marta Lindqvist\"]\n")
    (folder / "content" / "gazetteers" / "names.toml").write_text("\n".join(names), "utf-8")
    notes = "\n\n".join(VECTORS.values())
    (folder / "content" / "entities" / "ravnsborg.md").write_text(
        f"---\nname: Ravnsborg\ntype: place\n---\n{notes}\n", "utf-8"
    )
