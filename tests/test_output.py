"""Writing the site: whole files, only what differs, and nothing removed that we did not write."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from glossator.atomic_files import write_whole
from glossator.config import SiteError
from glossator.model import Output, SitePath
from glossator.output import (
    MANIFEST,
    StagedSite,
    WriteResult,
    change,
    check_owner,
    has_digest,
    manifest,
    recover,
    stage_all,
    stage_change,
    write,
)
from glossator.text import digest
from tests.sites import contents, lay

ROOT = Path(__file__).parents[1]


def put(site: Path, **files: str) -> WriteResult:
    """A build that writes these files (`a_html` is a.html) and wants no others."""
    outputs = [
        Output(SitePath(name.replace("__", "/").replace("_", ".")), text.encode()) for name, text in files.items()
    ]
    return write(site, outputs, [output.path for output in outputs])


def shown(site: Path) -> dict[str, str]:
    return {path: content.decode() for path, content in contents(site).items() if path != MANIFEST}


def test_what_is_the_same_is_not_written_again(tmp_path: Path) -> None:
    first = put(tmp_path, a_html="one", b_html="two")
    before = (tmp_path / "a.html").stat().st_ino
    second = put(tmp_path, a_html="one", b_html="changed")
    assert (("a.html", "b.html"), ("b.html",)) == (first.changed, second.changed)
    assert before == (tmp_path / "a.html").stat().st_ino


def test_what_is_no_longer_wanted_goes_and_so_do_empty_folders(tmp_path: Path) -> None:
    put(tmp_path, a_html="one", deep__er__b_html="two")
    written = put(tmp_path, a_html="one")
    assert (("deep/er/b.html",), {"a.html": "one"}) == (written.removed, shown(tmp_path))
    assert [MANIFEST, "a.html"] == sorted(path.name for path in tmp_path.iterdir())


def test_a_file_that_is_not_ours_is_never_removed(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "CNAME").write_text("archive.example", "utf-8")
    (tmp_path / "deep/mine.txt").write_text("mine", "utf-8")
    put(tmp_path, deep__b_html="two")
    put(tmp_path)
    assert {"CNAME": "archive.example", "deep/mine.txt": "mine"} == shown(tmp_path)


def test_a_page_that_was_changed_by_hand_is_left_when_it_is_no_longer_wanted(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    (tmp_path / "a.html").write_text("by hand", "utf-8")
    written = put(tmp_path)
    said = "is no longer part of the site, but was changed by hand: it was left; delete it if it is not needed"
    assert [(str(tmp_path / "a.html"), said, False)] == [(one.path, one.message, one.fatal) for one in written.problems]
    assert ((), {"a.html": "by hand"}) == (written.removed, shown(tmp_path))


def test_a_page_that_was_changed_by_hand_is_written_again_while_it_is_wanted(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    (tmp_path / "a.html").write_text("two", "utf-8")
    assert (("a.html",), {"a.html": "one"}) == (put(tmp_path, a_html="one").changed, shown(tmp_path))


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    with (tmp_path / "a.html").open("rb") as reader:
        put(tmp_path, a_html="quite another")
        assert (b"one", {"a.html": "quite another"}) == (reader.read(), shown(tmp_path))
    assert [] == [path for path in contents(tmp_path) if path.endswith(".new")]


def test_a_link_that_stands_where_a_page_was_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    put(tmp_path / "site", a_html="one")
    (tmp_path / "site/a.html").unlink()
    (tmp_path / "site/a.html").symlink_to(tmp_path / "precious.txt")
    put(tmp_path / "site", a_html="one")
    assert ("mine", {"a.html": "one"}) == ((tmp_path / "precious.txt").read_text("utf-8"), shown(tmp_path / "site"))
    assert not (tmp_path / "site/a.html").is_symlink()


LEFT = (
    "was not written by Glossator and was left, but a file of the site belongs there: "
    "delete it, or choose an empty folder with --site"
)


@pytest.mark.parametrize(
    "occupy",
    [
        lambda path: path.write_text("mine", "utf-8"),
        lambda path: path.symlink_to(path.parent.parent / "precious.txt"),
        lambda path: path.symlink_to("nowhere"),
        lambda path: path.mkdir(),
    ],
    ids=["file", "link", "dead link", "folder"],
)
def test_what_another_put_where_a_page_goes_is_left_and_named(tmp_path: Path, occupy: Callable[[Path], object]) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    site = tmp_path / "site"
    site.mkdir()
    occupy(site / "a.html")
    before = (site / "a.html").lstat()
    for _ in range(2):
        written = put(site, a_html="one", b_html="two")
        assert [(str(site / "a.html"), LEFT, True)] == [(one.path, one.message, one.fatal) for one in written.problems]
        assert (before, b"two") == ((site / "a.html").lstat(), (site / "b.html").read_bytes())
    assert ("mine", ["b.html"]) == ((tmp_path / "precious.txt").read_text("utf-8"), list(manifest(site)))


def test_a_folder_in_the_place_of_a_page_of_ours_is_left_and_named(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    (tmp_path / "a.html").unlink()
    lay(tmp_path, "-- a.html/mine.txt --\nMine.\n")
    written = put(tmp_path, a_html="one", b_html="two")
    assert ([str(tmp_path / "a.html")], ("b.html",)) == ([one.path for one in written.problems], written.changed)


def test_the_same_site_under_a_lost_manifest_is_ours_again(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    (tmp_path / MANIFEST).unlink()
    assert ((), ["a.html"]) == (put(tmp_path, a_html="one").problems, list(manifest(tmp_path)))
    assert (("a.html",), {}) == (put(tmp_path).removed, shown(tmp_path))


def test_what_a_killed_build_wrote_is_ours(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from glossator.output import write; from glossator.model import Output\n"
        "def outputs():\n    yield Output('a.html', b'one')\n    os._exit(9)\n"
        "write(Path(sys.argv[1]), outputs(), ['a.html', 'b.html'])"
    )
    assert 9 == subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, check=False).returncode
    written = put(tmp_path, a_html="changed since", b_html="two")
    assert ((), {"a.html": "changed since", "b.html": "two"}) == (written.problems, shown(tmp_path))


@pytest.mark.parametrize("target", ["elsewhere", "nowhere"])
def test_a_folder_that_leads_out_of_the_site_is_refused(tmp_path: Path, target: str) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    put(site, articles__a_html="one")
    (site / "articles").rename(elsewhere)
    (site / "articles").symlink_to(tmp_path / target)
    for files in ({"articles__a_html": "two"}, {}):
        with pytest.raises(SiteError) as raised:
            put(site, **files)
        assert f"{site}/articles leads out of the site, to {tmp_path / target}." == raised.value.message
    assert ({"a.html": b"one"}, False) == (contents(elsewhere), (tmp_path / "nowhere").exists())


def test_a_file_where_a_folder_goes_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "articles").write_text("mine", "utf-8")
    with pytest.raises(SiteError) as raised:
        put(tmp_path, articles__a_html="one")
    assert f"{tmp_path}/articles is a file where a folder of the site belongs." == raised.value.message


def test_a_new_file_follows_no_link_and_leaves_nothing_behind_when_it_fails(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    (tmp_path / ".a.html.new").symlink_to(tmp_path / "precious.txt")
    write_whole(tmp_path / "a.html", b"one")
    assert ("mine", 0o644) == (
        (tmp_path / "precious.txt").read_text("utf-8"),
        (tmp_path / "a.html").stat().st_mode & 0o777,
    )
    (tmp_path / "b.html").mkdir()
    before = contents(tmp_path)
    with pytest.raises(OSError, match=r"b\.html") as raised:
        write_whole(tmp_path / "b.html", b"two")
    assert (str(tmp_path / "b.html"), before) == (raised.value.filename, contents(tmp_path))


def test_a_file_stands_while_its_bytes_are_those_that_were_written(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    path, recorded = SitePath("a.html"), manifest(tmp_path)[SitePath("a.html")]
    assert has_digest(tmp_path, path, recorded)
    assert not has_digest(tmp_path, path, None)
    (tmp_path / "a.html").write_text("two", "utf-8")
    assert not has_digest(tmp_path, path, recorded)
    (tmp_path / "a.html").unlink()
    assert not has_digest(tmp_path, path, recorded)
    (tmp_path / "b.html").write_text("one", "utf-8")
    (tmp_path / "a.html").symlink_to("b.html")
    assert not has_digest(tmp_path, path, recorded)


@pytest.mark.parametrize("path", ["../precious.txt", "/etc/hostname", "a/../../precious.txt", "..\\precious.txt"])
def test_a_manifest_that_points_out_of_the_site_is_not_believed(tmp_path: Path, path: str) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    (site / MANIFEST).write_text(json.dumps({"files": {path: "0", "a.html": "0"}}), "utf-8")
    assert ["a.html"] == list(manifest(site))
    assert ((), "mine") == (put(site).removed, (tmp_path / "precious.txt").read_text("utf-8"))


@pytest.mark.parametrize("text", ["", "[]", '{"files": 3}', '{"files": [1]}', "{", "\0"])
def test_a_manifest_that_cannot_be_read_means_that_nothing_is_ours(tmp_path: Path, text: str) -> None:
    put(tmp_path, a_html="one")
    (tmp_path / MANIFEST).write_text(text, "utf-8")
    assert ((), {"a.html": "one"}) == (put(tmp_path).removed, shown(tmp_path))


@pytest.mark.parametrize("error", [KeyboardInterrupt, SiteError("A template is wrong.")])
def test_a_build_that_breaks_off_leaves_the_site_as_it_was(tmp_path: Path, error: BaseException) -> None:
    site = tmp_path / "site"
    put(site, a_html="one", c_html="three")
    before = contents(tmp_path)

    def outputs() -> Iterator[Output]:
        yield Output(SitePath("a.html"), b"two")
        yield Output(SitePath("deep/er/b.html"), b"two")
        raise error

    with pytest.raises((KeyboardInterrupt, SiteError)):
        write(site, outputs(), [SitePath("a.html"), SitePath("deep/er/b.html")])
    assert (before, ["site"]) == (contents(tmp_path), [path.name for path in tmp_path.iterdir()])
    assert not (site / "deep").exists()


def test_equal_sites_have_equal_manifests(tmp_path: Path) -> None:
    put(tmp_path / "one", a_html="one", b_html="two")
    put(tmp_path / "two", b_html="two")
    put(tmp_path / "two", b_html="two", a_html="one")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_only_what_is_said_to_have_changed_is_looked_at(tmp_path: Path) -> None:
    put(tmp_path, a_html="one", b_html="one", deep__c_html="one", deep__d_html="one")
    (tmp_path / "b.html").write_text("by hand", "utf-8")
    outputs = [Output(SitePath("a.html"), b"two"), Output(SitePath("new/e.html"), b"two")]
    written = change(tmp_path, outputs, [SitePath("deep/c.html"), SitePath("deep/d.html"), SitePath("nowhere.html")])
    assert (("a.html", "new/e.html"), ("deep/c.html", "deep/d.html")) == (written.changed, written.removed)
    assert {"a.html": "two", "b.html": "by hand", "new/e.html": "two"} == shown(tmp_path)
    assert (["a.html", "b.html", "new/e.html"], ()) == (sorted(manifest(tmp_path)), written.problems)


def test_a_change_leaves_the_very_site_that_a_whole_build_would(tmp_path: Path) -> None:
    put(tmp_path / "whole", a_html="two", c_html="three")
    put(tmp_path / "changed", a_html="one", b_html="two")
    outputs = [Output(SitePath("a.html"), b"two"), Output(SitePath("c.html"), b"three")]
    change(tmp_path / "changed", outputs, [SitePath("b.html")])
    assert contents(tmp_path / "whole") == contents(tmp_path / "changed")


def test_a_change_neither_removes_nor_replaces_what_is_not_ours(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    lay(tmp_path, "-- mine.html --\nMine.\n-- gone.html --\nMine.\n")
    written = change(tmp_path, [Output(SitePath("mine.html"), b"two")], [SitePath("gone.html")])
    assert [str(tmp_path / "mine.html")] == [one.path for one in written.problems]
    assert {"a.html": "one", "mine.html": "Mine.\n", "gone.html": "Mine.\n"} == shown(tmp_path)


def add_index(staged: StagedSite) -> None:
    """Stage one file made of all pages, in place of an earlier one."""
    draft = staged.draft()
    pages = {path: draft.read(path).decode() for path in draft.files if path.endswith(".html")}
    text = " ".join(f"{path}={text}" for path, text in sorted(pages.items()))
    path = SitePath(f"index/{digest(text)}.txt")
    staged.add([Output(path, text.encode())])
    staged.remove([old for old in draft.files if old.startswith("index/") and old != path])


def test_what_is_made_of_the_other_files_is_made_of_them_as_they_will_be(tmp_path: Path) -> None:
    pages = [Output(SitePath(f"{name}.html"), b"one") for name in "abc"]
    with stage_all(tmp_path, [page.path for page in pages]) as staged:
        staged.add(pages)
        add_index(staged)
        staged.put_in_place()
    with stage_change(tmp_path, [SitePath("c.html")]) as staged:
        staged.add([Output(SitePath("a.html"), b"two")])
        add_index(staged)
        written = staged.put_in_place()
    index = next(path for path in manifest(tmp_path) if path.startswith("index/"))
    assert {"a.html": "two", "b.html": "one", index: "a.html=two b.html=one"} == shown(tmp_path)
    assert (("a.html", index), 2) == (written.changed, len(written.removed))
    assert manifest(tmp_path) == written.files


def test_when_what_is_made_of_the_others_fails_the_site_is_as_it_was(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    before = contents(tmp_path)

    def outputs() -> Iterator[Output]:
        yield Output(SitePath("a.html"), b"two")
        raise SiteError("It cannot be made.")

    with pytest.raises(SiteError, match="It cannot be made"):
        change(site, outputs())
    assert before == contents(tmp_path)


def test_a_path_that_is_both_gone_and_new_is_new(tmp_path: Path) -> None:
    put(tmp_path, a_html="one")
    written = change(tmp_path, [Output(SitePath("a.html"), b"two")], [SitePath("a.html")])
    assert ((), {"a.html": "two"}) == (written.removed, shown(tmp_path))
    again = [Output(SitePath("a.html"), b"two")]
    for outputs, later in ((again, []), ([], again)):
        with stage_change(tmp_path, [SitePath("a.html")]) as staged:
            staged.add(outputs)
            staged.add(later)
            written = staged.put_in_place()
        assert ((), (), ["a.html"]) == (written.changed, written.removed, list(written.files))
    assert {"a.html": "two"} == shown(tmp_path)


def test_nothing_waits_in_the_site_while_a_build_is_at_work(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    before = contents(site)

    def outputs() -> Iterator[Output]:
        for name in ("a.html", "b.html"):
            yield Output(SitePath(name), b"two")
            assert before == contents(site)

    write(site, outputs(), map(SitePath, ("a.html", "b.html")))
    assert {"a.html": "two", "b.html": "two"} == shown(site)


@pytest.mark.parametrize(
    "occupy",
    [lambda path: path.write_text("mine", "utf-8"), lambda path: lay(path, "-- mine.txt --\nmine"), Path.mkdir],
    ids=["file", "folder", "empty folder"],
)
def test_what_another_keeps_under_the_name_of_the_waiting_room_stays(
    tmp_path: Path, occupy: Callable[[Path], object]
) -> None:
    site, room = tmp_path / "site", tmp_path / ".site-glossator-new"
    put(site, a_html="one")
    occupy(room)
    kept = contents(tmp_path / room.name)
    for text in ("two", "three"):
        assert (("a.html",), {"a.html": text}) == (put(site, a_html=text).changed, shown(site))
    assert kept == contents(room)


def test_a_link_under_the_name_of_the_waiting_room_is_not_followed(tmp_path: Path) -> None:
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    put(site, a_html="one")
    lay(elsewhere, "-- 1 --\nmine\n-- 2 --\nmine\n")
    (tmp_path / ".site-glossator-new").symlink_to(elsewhere)
    put(site, a_html="two")
    recover(site)
    assert ({"1": b"mine\n", "2": b"mine\n"}, {"a.html": "two"}) == (contents(elsewhere), shown(site))


def forge(site: Path, journal: str, *steps: tuple[str, str, str, str], **files: str) -> Path:
    """Lay a journal beside a site, as a stranger could; `files` are staged, under names that begin with `n`."""
    room = site.with_name(f".{site.name}-glossator-new")
    room.mkdir()
    for name, text in files.items():
        (room / name.removeprefix("n")).write_text(text, "utf-8")
    keys = ("path", "digest", "waiting", "kept")
    (room / journal).write_text(json.dumps([dict(zip(keys, step, strict=True)) for step in steps]), "utf-8")
    return room


@pytest.mark.parametrize("path", ["CNAME", ".git/config", "deep/.GitHub/a.yml", "deep/mine.txt", "git~1/config"])
@pytest.mark.parametrize("journal", ["steps.json", "steps-back.json"])
def test_no_journal_replaces_or_removes_a_file_that_no_build_wrote(tmp_path: Path, path: str, journal: str) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    lay(site, f"-- {path} --\nMine.\n")
    before = contents(site)
    evil = digest(b"evil")
    for step in (
        (path, evil, "1", "2"),
        (path, evil, "1", ""),
        (path, digest(b"Mine.\n"), "", "2"),
        (path, evil, "", ""),
    ):
        room = forge(site, journal, step, n1="evil", n2="evil")
        recover(site)
        assert (before, False) == (contents(site), room.exists()), step


@pytest.mark.parametrize("kept", ["elsewhere", "fifo", "folder"])
def test_no_journal_puts_a_link_into_the_site(tmp_path: Path, kept: str) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    lay(tmp_path, "-- secret.txt --\nSecret.\n")
    for path in ("a.html", "new.html"):
        room = forge(site, "steps-back.json", (path, "", "1", "2"))
        {"elsewhere": lambda to: to.symlink_to("../secret.txt"), "fifo": os.mkfifo, "folder": Path.mkdir}[kept](
            room / "2"
        )
        recover(site)
        assert ({"a.html": "one"}, False) == (shown(site), room.exists())


def test_no_journal_makes_files_ours_that_no_build_wrote(tmp_path: Path) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    lay(site, "-- CNAME --\nMine.\n")
    forged = json.dumps({"files": {"CNAME": "0", "a.html": digest(b"one")}})
    for journal, name in (("steps.json", MANIFEST), ("steps-back.json", "2")):
        room = forge(site, journal, (MANIFEST, digest(forged.encode()), MANIFEST, "2"))
        (room / name).write_text(forged, "utf-8")
        recover(site)
        assert ["a.html"] == list(manifest(site))


def test_a_manifest_that_names_files_of_git_is_not_believed(tmp_path: Path) -> None:
    lay(tmp_path, "-- .git/config --\n[core]\n")
    (tmp_path / MANIFEST).write_text(json.dumps({"files": {".git/config": digest(b"[core]\n")}}), "utf-8")
    assert ((), {".git/config": "[core]\n"}) == (put(tmp_path).removed, shown(tmp_path))


@pytest.mark.parametrize("name", ["1", "steps.json", "steps-back.json", MANIFEST, ".gitignore"])
def test_a_folder_among_the_staged_files_stops_no_build(tmp_path: Path, name: str) -> None:
    site = tmp_path / "site"
    put(site, a_html="one")
    lay(tmp_path, f"-- .site-glossator-new/{name}/x --\nx\n")
    put(site, a_html="two")
    assert ({"a.html": "two"}, ["site"]) == (shown(site), [path.name for path in tmp_path.iterdir()])


def test_a_manifest_beside_makes_no_folder_of_somebody_else_ours(tmp_path: Path) -> None:
    lay(tmp_path, "-- pub/thesis.txt --\nMine.\n")
    lay(tmp_path, f'-- .pub-glossator-new/{MANIFEST} --\n{{"files": {{"index.html": "0", "thesis.txt": "0"}}}}\n')
    with pytest.raises(SiteError, match=r"holds files that Glossator did not write, such as thesis\.txt"):
        check_owner(tmp_path / "pub", tmp_path / "archive/content")
    (tmp_path / ".pub-glossator-new" / MANIFEST).unlink()
    os.mkfifo(tmp_path / ".pub-glossator-new" / MANIFEST)
    with pytest.raises(SiteError, match="holds files that Glossator did not write"):
        check_owner(tmp_path / "pub", tmp_path / "archive/content")


def test_git_leaves_the_staged_files_alone(tmp_path: Path) -> None:
    put(tmp_path / "site", a_html="one")
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    seen = []

    def outputs() -> Iterator[Output]:
        yield Output(SitePath("a.html"), b"two")
        assert (tmp_path / ".site-glossator-new/1").exists()
        command = ["git", "-C", str(tmp_path), "status", "--porcelain", "--untracked-files=all"]
        seen.append(subprocess.run(command, check=True, capture_output=True, text=True).stdout.split())

    change(tmp_path / "site", outputs())
    assert [["??", f"site/{MANIFEST}", "??", "site/a.html"]] == seen
