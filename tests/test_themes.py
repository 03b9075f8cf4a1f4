"""A theme of one's own extends ours: it copies only what it changes, and gets the rest of every later version."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from jinja2 import nodes

from glossator.content.theme import Theme, packaged, read_theme
from glossator.stages.render import TEMPLATES, TemplateFault, environment, render, template_digests
from tests.interface_texts import environment as parser
from tests.sample_pages import SITE, article_page, home_page, pages, templates, text_page
from tests.sites import lay

ROOT = Path(__file__).parents[1]
BROADSHEET = ROOT / "glossator/extensions/themes/broadsheet"
DOCUMENTED = (ROOT / "docs/pages/themes.md").read_text("utf-8")


@pytest.fixture(scope="module")
def broadsheet() -> Theme:
    return read_theme(BROADSHEET)


def test_the_second_theme_is_short_and_renders_every_page(broadsheet: Theme) -> None:
    files = [path for path in BROADSHEET.rglob("*") if path.is_file()]
    assert 60 > sum(len(path.read_text("utf-8").splitlines()) for path in files)
    made = environment(broadsheet.templates)
    for page in pages().values():
        assert b"Set in the theme Broadsheet." in render(made, page, SITE)


def test_a_template_extends_ours_and_the_rest_of_the_page_is_ours(broadsheet: Theme) -> None:
    ours, theirs = environment(read_theme(Path("none")).templates), environment(broadsheet.templates)
    before, after = (render(made, article_page(), SITE).decode() for made in (ours, theirs))
    without = re.sub(r' *<p class="(?:imprint|end)">.*?</p>\n', "", after)
    assert before.split() == without.split()
    assert '<p class="end">' in after
    assert 'id="sources-title"' in render(ours, home_page(), SITE).decode()
    assert 'id="sources-title"' not in render(theirs, home_page(), SITE).decode()


def test_a_copy_of_an_earlier_parts_html_lacks_nothing_that_our_templates_print(tmp_path: Path) -> None:
    earlier = re.sub(r"{% macro (?:spread|article_line)\(.*?endmacro %}\n", "", templates()["parts.html"])
    lay(tmp_path, f"-- parts.html --\n{earlier}")
    made = environment(read_theme(tmp_path).templates)
    assert all(render(made, page, SITE) for page in pages().values())


def test_a_macro_that_no_template_has_is_named(tmp_path: Path) -> None:
    lay(tmp_path, '-- home.html --\n{{ page.frame | part("headline") }}')
    with pytest.raises(TemplateFault, match=r"home\.html, line 1: parts\.html has no macro headline\."):
        render(environment(read_theme(tmp_path).templates), home_page(), SITE)


def test_what_we_improve_arrives_in_a_theme_that_extends_it(broadsheet: Theme) -> None:
    improved = {name: source.replace("In this article", "Named here") for name, source in broadsheet.templates.items()}
    assert b"Named here" in render(environment(improved), article_page(), SITE)


def test_a_style_sheet_of_the_theme_comes_after_ours_and_changes_properties_only(broadsheet: Theme) -> None:
    sheet = broadsheet.statics["site.css"].decode()
    ours = read_theme(Path("none")).statics["site.css"].decode()
    assert sheet.startswith(ours)
    assert "--heading:" in sheet.removeprefix(ours)
    assert read_theme(Path("none")).statics["theme.css"] == broadsheet.statics["theme.css"]


def test_a_change_of_ours_or_of_the_user_s_template_makes_the_right_pages_stale(broadsheet: Theme) -> None:
    before = template_digests(broadsheet.templates)

    def changed(name: str) -> set[str]:
        after = template_digests({**broadsheet.templates, name: broadsheet.templates[name] + "\n"})
        return {name for name in TEMPLATES.values() if before[name] != after[name]}

    every = {name for name in TEMPLATES.values() if name.endswith(".html")}
    assert {"article.html"} == changed("article.html") == changed("glossator/article.html")
    assert {"home.html"} == changed("home.html") == changed("glossator/home.html")
    assert every == changed("base.html") == changed("glossator/base.html")


def test_a_theme_that_extends_nothing_has_no_copies_of_ours(tmp_path: Path) -> None:
    lay(tmp_path, "-- text.html --\n{% block main %}{{ page.body }}{% endblock %}\n")
    assert not any(name.startswith("glossator/") for name in read_theme(tmp_path).templates)


def test_the_user_s_layout_is_used_by_our_templates_too(tmp_path: Path) -> None:
    lay(tmp_path, '-- base.html --\n{% extends "glossator/base.html" %}\n{% block footer %}mine{% endblock %}\n')
    html = render(environment(read_theme(tmp_path).templates), text_page(), SITE).decode()
    assert re.search(r'<footer class="colophon">\s*mine', html)


# ---- what the documentation promises -----------------------------------------------------------------------------


def blocks(name: str) -> set[str]:
    tree = parser().parse((packaged() / name).read_text("utf-8"))
    return {block.name for block in tree.find_all(nodes.Block)}


def documented_blocks() -> dict[str, set[str]]:
    """Template -> the blocks that docs/themes.md lists for it."""
    rows = re.findall(r"^\| `([\w-]+\.html)` \| ((?:`[a-z_]+`(?:, )?)+) \|$", DOCUMENTED, re.MULTILINE)
    return {name: set(re.findall(r"`(\w+)`", listed)) for name, listed in rows}


def test_every_documented_block_exists_and_every_block_is_documented() -> None:
    documented = documented_blocks()
    layout = documented["base.html"]
    for path in packaged().glob("*.html"):
        own = blocks(path.name) - (layout if path.name != "base.html" else set())
        assert own == documented.get(path.name, set()), path.name


def test_every_documented_property_exists_and_every_property_is_documented() -> None:
    sheets = [*(packaged() / "static").glob("*.css"), *(packaged() / "styles").rglob("*.css")]
    texts = [path.read_text("utf-8") for path in sheets]
    roots = [
        block
        for text in texts
        for block in re.findall(r"^(?::where\(:root\)|:root) \{(.*?)^\}", text, re.DOTALL | re.MULTILINE)
    ]
    set_by_us = {name for block in roots for name in re.findall(r"^ +(--[\w-]+):", block, re.MULTILINE)}
    used = {name for text in texts for name in re.findall(r"var\((--[\w-]+)\)", text)}
    documented = set(re.findall(r"`(--[\w-]+)`", DOCUMENTED))
    assert set_by_us == documented
    assert set() == documented - used


def test_the_example_of_the_documentation_works(tmp_path: Path) -> None:
    examples = re.findall(
        r"^```(?:jinja|css)\n[{/].*?((?:templates/)?[\w/-]+\.(?:html|css)).*?\n(.*?)```",
        DOCUMENTED,
        re.DOTALL | re.MULTILINE,
    )
    assert examples
    for name, content in examples:
        target = tmp_path / name.removeprefix("templates/")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, "utf-8")
    shutil.copytree(BROADSHEET / "styles", tmp_path / "styles", dirs_exist_ok=True)
    made = environment(read_theme(tmp_path).templates)
    for page in pages().values():
        render(made, page, SITE)


@pytest.mark.parametrize(
    ("block", "said"),
    [
        ("article_fot", "templates/article.html, line 2: article_fot is no block of glossator/article.html."),
        ("main", ""),
        ("policy", ""),
    ],
)
def test_misspelt_block_is_told_with_its_line(tmp_path: Path, block: str, said: str) -> None:
    text = (
        '{% extends "glossator/article.html" %}\n{% block '
        + block
        + " %}{% block mine %}Mine.{% endblock %}{% endblock %}\n"
    )
    lay(tmp_path, f"-- article.html --\n{text}")
    theme = read_theme(tmp_path)
    if not said:
        template_digests(theme.templates, theme.own)
        return
    with pytest.raises(TemplateFault) as raised:
        template_digests(theme.templates, theme.own)
    assert f"{said} Did you mean article_foot?" == str(raised.value)
