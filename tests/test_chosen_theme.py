"""A theme that the settings choose: a folder beside them, or a package; and one colour for all of it."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from glossator.accent import PAPERS, READABLE, accent_style, contrast
from glossator.cli import main
from glossator.cli.extensions import load_extended, theme_folder, theme_names
from glossator.config import SiteError
from glossator.content.theme import Theme, packaged, read_theme
from glossator.stages.render import TemplateFault, environment, render, template_digests
from tests.sample_pages import SITE, article_page, home_page, pages, text_page
from tests.sites import lay

OURS = ("broadsheet", "folio")


def themed(folder: Path, settings: str, files: str = "") -> Theme:
    lay(folder, f"-- glossator.toml --\n[site]\n{settings}\n{files}")
    return read_theme(folder / "templates", load_extended(folder / "glossator.toml"))


@pytest.mark.parametrize("name", OURS)
def test_our_themes_are_chosen_by_name_and_render_every_page(tmp_path: Path, name: str) -> None:
    theme = themed(tmp_path, f'theme = "{name}"')
    template_digests(theme.templates, theme.own)  # which refuses a block that nothing shows
    made = environment(theme.templates)
    assert all(render(made, page, SITE) for page in pages().values())
    assert theme.statics["site.css"] != read_theme(tmp_path).statics["site.css"]


@pytest.mark.parametrize("settings", ["", *(f'theme = "{name}"' for name in OURS)])
def test_styles_and_scripts_of_an_article_stay_within_their_budget(tmp_path: Path, settings: str) -> None:
    theme = themed(tmp_path, settings)
    page = render(environment(theme.templates), article_page(), SITE).decode()
    files = [theme.statics[name] for name in re.findall(r'static/([^"]*\.(?:js|css))"', page)]
    assert 6 == len(files)
    assert 42_000 >= sum(map(len, files))
    assert 14_000 >= sum(len(gzip.compress(content, mtime=0)) for content in files)


def test_the_archive_s_own_template_extends_that_of_the_theme_and_the_theme_ours(tmp_path: Path) -> None:
    files = """\
-- themes/harbour/base.html --
{% extends "glossator/base.html" %}
{% block footer %}Harbour.{% endblock %}
-- themes/harbour/styles/95-harbour.css --
theirs
-- templates/base.html --
{% extends "themes/harbour/base.html" %}
{% block footer %}{{ super() }} Mine.{% endblock %}
-- templates/home.html --
{% extends "themes/harbour/home.html" %}
{% block home_front %}No lead.{% endblock %}
-- templates/styles/95-mine.css --
mine
"""
    theme = themed(tmp_path, 'theme = "harbour"', files)
    made = environment(theme.templates)
    assert b"Harbour. Mine." in render(made, text_page(), SITE)
    assert b"No lead." in render(made, home_page(), SITE)
    assert theme.statics["site.css"].endswith(b"theirs\nmine\n")


def test_macros_of_a_theme_are_used_and_those_that_it_lacks_are_ours(tmp_path: Path) -> None:
    source = (packaged() / "parts.html").read_text("utf-8").replace('class="item-title"', 'class="item-title mine"')
    parts = re.sub(r"{% macro (?:spread|article_line)\(.*?endmacro %}\n", "", source)
    lay(tmp_path, f"-- themes/harbour/parts.html --\n{parts}")
    made = environment(themed(tmp_path, 'theme = "harbour"').templates)
    assert all(render(made, page, SITE) for page in pages().values())
    assert b"item-title mine" in render(made, home_page(), SITE)


def test_a_fault_in_a_theme_names_its_file_and_line(tmp_path: Path) -> None:
    theme = themed(tmp_path, 'theme = "harbour"', "-- themes/harbour/text.html --\n\n{{ page.titel }}\n")
    with pytest.raises(TemplateFault, match=r"^themes/harbour/text\.html, line 2: TextPage has no attribute 'titel'"):
        render(environment(theme.templates), text_page(), SITE)


def test_a_block_that_our_template_lacks_is_named_in_a_theme(tmp_path: Path) -> None:
    home = '{% extends "glossator/home.html" %}\n{% block home_fronnt %}{% endblock %}\n'
    theme = themed(tmp_path, 'theme = "harbour"', f"-- themes/harbour/home.html --\n{home}")
    with pytest.raises(TemplateFault, match=r"^themes/harbour/home\.html, line 2: .* Did you mean home_front\?$"):
        template_digests(theme.templates, theme.own)


def test_a_theme_that_is_not_there_is_named_with_its_line_and_all_that_are(tmp_path: Path) -> None:
    lay(tmp_path, "-- themes/harbour/home.html --\n")
    with pytest.raises(SiteError) as raised:
        themed(tmp_path, '\ntheme = "harbor"')
    assert 'glossator.toml, line 3: [site] theme = "harbor" is not there.' == raised.value.message
    assert "Did you mean harbour? There are: harbour, broadsheet, folio." == raised.value.hint


@pytest.mark.parametrize("name", ["../harbour", "a/b", ".git", "/etc", "a\\\\b"])
def test_a_theme_is_a_name_and_no_path(tmp_path: Path, name: str) -> None:
    with pytest.raises(SiteError, match="is no name"):
        themed(tmp_path, f'theme = "{name}"')


def test_a_theme_beside_the_settings_counts_before_an_installed_one(tmp_path: Path) -> None:
    lay(tmp_path, "-- themes/folio/home.html --\n-- themes/.hidden/home.html --\n")
    assert tmp_path / "themes/folio" == theme_folder(tmp_path / "glossator.toml", "folio")
    assert ["folio", "broadsheet"] == theme_names(tmp_path / "glossator.toml")


# ---- one colour --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("colour", ["#135c3a", "#ffd800", "#777", "#0000ff", "#FF2222", "#fff", "#000000"])
def test_an_accent_can_be_read_by_day_and_by_night_whatever_was_chosen(colour: str) -> None:
    style, notice = accent_style(colour, b"")
    used = re.findall(r"#[0-9a-f]{6}", style.decode())
    assert [True, True] == [contrast(shade, paper) >= READABLE for shade, paper in zip(used, PAPERS, strict=True)]
    assert f'accent = "{" ".join(used)}"' in notice


def test_two_accents_that_can_be_read_stay_and_nothing_is_said() -> None:
    assert (b":root {\n--accent: light-dark(#135c3a, #8fd3ab);\n}\n", "") == accent_style("#135c3a #8fd3ab", b"")


def test_the_accent_is_held_against_the_paper_that_a_theme_states() -> None:
    style, _ = accent_style("#135c3a #8fd3ab", b":root { --paper: light-dark(#7fae93, #141813); }")
    assert b"#135c3a" not in style


def test_the_accent_of_the_settings_stands_last_and_what_was_mended_is_said(tmp_path: Path) -> None:
    theme = themed(tmp_path, 'theme = "broadsheet"\naccent = "#ffd800"')
    assert re.search(rb"--accent: light-dark\(#\w{6}, #ffd800\);\n}\n$", theme.statics["site.css"])
    assert re.match(
        r"\[site\] accent: #ffd800 has a contrast of 1\.3 : 1 by day, so it is darkened to #\w{6}\.", theme.notice
    )


def test_what_is_no_colour_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(SiteError) as raised:
        themed(tmp_path, 'accent = "red; } body { display: none"')
    assert raised.value.message.startswith("glossator.toml, line 2: [site] accent")


# ---- the command ---------------------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["theme", *arguments, "--content", str(folder / "content")])
    return result.output


def test_a_new_theme_can_be_chosen_at_once(tmp_path: Path) -> None:
    assert 'theme = "harbour"' in run(tmp_path, "new", "harbour")
    theme = themed(tmp_path, 'theme = "harbour"')
    template_digests(theme.templates, theme.own)
    assert b"Set in the theme harbour." in render(environment(theme.templates), text_page(), SITE)
    assert "is there already" in run(tmp_path, "new", "harbour")
    assert "is no name" in run(tmp_path, "new", "../harbour")


def test_in_a_clone_whose_templates_are_ours_a_chosen_theme_stands_above_them(tmp_path: Path) -> None:
    run(tmp_path, "new", "harbour")
    lay(tmp_path, '-- glossator.toml --\n[site]\ntheme = "harbour"\n')
    theme = read_theme(packaged(), load_extended(tmp_path / "glossator.toml"))
    assert b"Set in the theme harbour." in render(environment(theme.templates), text_page(), SITE)


def test_themes_and_templates_are_listed(tmp_path: Path) -> None:
    lay(tmp_path, '-- glossator.toml --\n[site]\ntheme = "nowhere"\n-- themes/harbour/home.html --\n')
    listed = json.loads(run(tmp_path, "list", "--json"))
    assert ["harbour", *OURS] == list(listed["themes"])
    assert "topic_story" in listed["templates"]["topic.html"]
    assert "  harbour: themes/harbour\n" in run(tmp_path, "list")


def test_a_template_is_printed_as_it_is_and_a_wrong_name_is_told_what_there_is(tmp_path: Path) -> None:
    assert (packaged() / "topic.html").read_text("utf-8") == run(tmp_path, "show", "topic.html")
    assert run(tmp_path, "show", "styles/95-folio.css", "--theme", "folio").startswith("/*")
    output = run(tmp_path, "show", "artcle.html")
    assert "Did you mean article.html? There are: answers.html, article-index.html, article.html" in output
