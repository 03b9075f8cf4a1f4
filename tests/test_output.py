"""Writing the site: whole files, only what differs, and nothing removed that we did not write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from glossator.model import Output, SitePath
from glossator.output import MANIFEST, Written, manifest, write
from tests.sites import contents


def put(site: Path, **files: str) -> Written:
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


def test_a_link_that_stands_where_a_page_goes_is_replaced_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "precious.txt").write_text("mine", "utf-8")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/a.html").symlink_to(tmp_path / "precious.txt")
    put(tmp_path / "site", a_html="one")
    assert ("mine", {"a.html": "one"}) == ((tmp_path / "precious.txt").read_text("utf-8"), shown(tmp_path / "site"))


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


def test_what_was_written_before_a_build_broke_off_is_ours(tmp_path: Path) -> None:
    def outputs() -> Iterator[Output]:
        yield Output(SitePath("a.html"), b"one")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write(tmp_path, outputs(), [])
    assert (("a.html",), {}) == (put(tmp_path).removed, shown(tmp_path))


def test_equal_sites_have_equal_manifests(tmp_path: Path) -> None:
    put(tmp_path / "one", a_html="one", b_html="two")
    put(tmp_path / "two", b_html="two")
    put(tmp_path / "two", b_html="two", a_html="one")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
