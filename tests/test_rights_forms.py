"""What people write to keep a text back is heard in whatever form they write it, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from glossator import rights
from glossator.pipeline import Report
from tests.rights_forms import HARMLESS, HINTS, KEPT_BACK, UNREAD, WITHIN
from tests.sites import build, canaries, contents, lay, leave_out_search
from tests.sweeps import sweep

HEADS = (*(f"---\ntitle: x\n{line}\n---\n" for line in (*HINTS, *WITHIN)), *UNREAD)
PLACES = sweep(("articles/memo-{}.md", "saved/memo-{}.md", "pages/memo-{}.md", "saved/text-{}.txt"), 3)


@pytest.fixture(autouse=True)
def without_search(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)


def told(folder: Path, heads: tuple[str, ...], place: str) -> Report:
    for number, head in enumerate(heads):
        words = " ".join(f"word{number}x{count}" for count in range(30))
        path = folder / "content" / place.format(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(f"{head}The CANARY{number} was said. {words}.\n".encode())
    return build(folder)


def shown(folder: Path, heads: tuple[str, ...]) -> list[str]:
    """The heads whose texts are in the site."""
    numbers = canaries(folder)
    return [head for number, head in enumerate(heads) if number in numbers]


def test_there_are_sixty_forms_and_more() -> None:
    assert len(set(HEADS)) >= 60 + 35
    assert len(set(HARMLESS)) >= 40


@pytest.mark.parametrize("place", PLACES)
def test_every_form_keeps_its_text_back_and_is_told(tmp_path: Path, place: str) -> None:
    report = told(tmp_path, HEADS, place)

    assert [] == shown(tmp_path, HEADS)
    named = {problem.where() for problem in report.problems}
    silent = {"rights:: private", "meta:", "isDraft", "is_private", "is-private", "isPrivate", "a:\n"}
    untold = [
        head
        for number, head in enumerate(HEADS)
        if not any(where.split(",")[0] == place.format(number) for where in named) and not any(map(head.count, silent))
    ]
    assert [] == untold


@pytest.mark.parametrize("place", PLACES)
def test_other_values_prose_comments_and_code_keep_nothing_back(tmp_path: Path, place: str) -> None:
    told(tmp_path, HARMLESS, place)

    assert list(HARMLESS) == shown(tmp_path, HARMLESS)


def test_message_of_a_hint_says_how_to_publish_all_the_same(tmp_path: Path) -> None:
    heads = tuple(f"---\ntitle: x\n{form}\n---\n" for form in HINTS)
    report = told(tmp_path, heads, "articles/memo-{}.md")
    assert not report.failed
    keeping = [problem for problem in report.problems if "keeps" in problem.message]
    assert sorted(
        (f"articles/memo-{number}.md", "{" not in form or form[0] == "v") for number, form in enumerate(HINTS)
    ) == sorted((problem.path, problem.line is not None) for problem in keeping)
    for problem in keeping:
        assert "keeps the article back; to publish it all the same, write `rights: full`" in problem.message

    for article in (tmp_path / "content/articles").iterdir():
        article.write_text(article.read_text("utf-8").replace("title: x\n", "title: x\nrights: full\n"), "utf-8")
    assert "keeps" not in "".join(problem.message for problem in build(tmp_path).problems)
    assert list(heads) == shown(tmp_path, heads)


LONG = "cover: data:image/png;base64," + "A" * 70_000
MANY = "\n".join(f"note{number}: {'x' * 70}" for number in range(1_000))
OVERLONG = (
    *(f"---\ntitle: x\n{more}\nrights: private\n---\n" for more in (LONG, MANY, f"# {'a' * 70_000}")),
    *(f"---\ntitle: x\nrights: private\n{more}\n---\n" for more in (LONG, MANY)),
    f"---\ntitle: x\ntags: [{', '.join(f'tag{number}' for number in range(12_000))}, private]\n---\n",
    f"---\n{{title: x, {LONG}, draft: true}}\n---\n",
    f"---\r\ntitle: x\r\n{LONG}\r\ndraft: true\r\n...\r\n",
    f"\ufeff---\ntitle: x\n{LONG}\nrights: private\n---\n",
    f"\n---\ntitle: x\n{LONG}\nrights: private\n---\n",
    *(f"---\n{line * 50}title: x\n{LONG}\nrights: private\n---\n" for line in ("# mine\n", "\n", "- wall\n")),
    f'+++\ntitle = "x"\ncover = "{"A" * 70_000}"\nrights = "private"\n+++\n',
    f'{{\n"title": "x",\n"cover": "{"A" * 70_000}",\n"draft": true\n}}\n',
    f"title: x\n{LONG}\nrights: private\n\n",
    f"title:: x\n{LONG.replace(':', '::', 1)}\nrights:: private\n\n",
    f"---\ntitle: x\n---\ncover:: {'A' * 70_000}\nrights:: private\n\n",
    f"---\ntitle: a: b\n{LONG}\nrights: private\n---\n",
)
"""Heads of which the statement stands behind more characters than any front matter has."""


@pytest.mark.parametrize("place", PLACES)
def test_front_matter_that_is_too_long_keeps_its_text_back(tmp_path: Path, place: str) -> None:
    report = told(tmp_path, OVERLONG, place)

    assert [] == shown(tmp_path, OVERLONG)
    named = {problem.where().split(",")[0] for problem in report.problems}
    assert {place.format(number) for number in range(len(OVERLONG))} <= named


def test_saved_text_between_rules_that_lie_far_apart_is_published(tmp_path: Path) -> None:
    heads = tuple(f"{rule}\n\n{'The wall was built of stones. ' * 3_000}\n\n{rule}\n\n" for rule in ("---", "-----"))
    told(tmp_path, heads, "saved/memo-{}.md")

    assert list(heads) == shown(tmp_path, heads)


@pytest.mark.parametrize("form", ["status: private", "tags: [private]", "hidden: true"])
def test_saved_file_cannot_overrule_itself(tmp_path: Path, form: str) -> None:
    told(tmp_path, (f"---\ntitle: x\nrights: full\n{form}\n---\n",), "saved/memo.md")

    assert [] == shown(tmp_path, ("here",))


@pytest.mark.parametrize("form", KEPT_BACK)
def test_full_rights_overrule_no_statement_that_is_more_than_a_hint(form: str) -> None:
    key, _, value = form.partition(":")
    if key != "rights":
        assert "private" == rights.stated({"rights": "full", key: value.strip().strip('"') or None}, own=True).rights


def test_page_that_somebody_wrote_can_keep_itself_back_and_do_nothing_else(tmp_path: Path) -> None:
    words = " ".join(f"The wall rose {number} feet." for number in range(60))
    hostile = "".join(f"<p>{line}</p>" for line in ("---", "rights: full", "draft: false", "---", "rights:: full"))
    page = f'<html><head><title>rights: full</title><meta name="keywords" content="private"></head><body>{hostile}<article>'
    lay(tmp_path, f"-- content/saved/page.html --\n{page}<h1>Wall</h1><p>{words}</p></article></body></html>\n")
    lay(
        tmp_path,
        f"-- content/saved/own.md --\n---\ntitle: Own\nrights: private\n---\nrights: full\n\nOWNCANARY {words}\n",
    )
    build(tmp_path)

    assert b"OWNCANARY" not in b"".join(contents(tmp_path / "site").values())
