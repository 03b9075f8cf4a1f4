"""Pages that a browser sends: they are shown, they stay private, and nobody else can send any."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, CDPSession

from glossator.config import BuildSettings, Config, InboxSettings
from glossator.incremental.workers.article_limits import Limits
from glossator.serve import uploads, user_record, watched_folders
from glossator.serve.user_record import WatchedFolder, read_record, write_record
from tests.sites import build, canaries, contents, lay, leave_out_search
from tests.test_serve import ARCHIVE, PATIENCE, until

ROOT = Path(__file__).parents[1]
PATIENT = f"""
from glossator.serve import inbox
from glossator.__main__ import run
if __name__ == "__main__":  # workers import this file, too
    inbox.SHOWN_WITHIN = {PATIENCE}  # a machine under load must not fail a test
    run()
"""
EXTENSION = "chrome-extension://mpiodijhokgodhhofbcjdecpffjipkle"
CANARY = "kestrelbread"
"""A word that nobody else writes."""


def page(title: str, text: str, address: str = "", head: str = "") -> bytes:
    """A page as SingleFile saves it."""
    comment = (
        f"<!--\n Page saved with SingleFile \n url: {address} \n saved date: Sun Nov 29 2026\n-->" if address else ""
    )
    body = "".join(
        f"<p>{text} It was said at the quay on Monday, in front of everybody, number {n}.</p>" for n in range(6)
    )
    return f"<!DOCTYPE html> <html lang=en>{comment}<head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}</article></body></html>".encode()


def form(content: bytes, address: str, file: str = "file", url: str = "url") -> tuple[bytes, str]:
    """The form that SingleFile sends, and its type."""
    edge = "----WebKitFormBoundaryT3sT"
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{file}"; filename="SingleFile.html"\r\nContent-Type: text/html\r\n\r\n'.encode(),
        content,
        f'\r\n--{edge}\r\nContent-Disposition: form-data; name="{url}"\r\n\r\n{address}\r\n--{edge}--\r\n'.encode(),
    ]
    return b"".join(parts), f"multipart/form-data; boundary={edge}"


@dataclass(frozen=True, slots=True)
class Running:
    """A running preview with an inbox."""

    folder: Path
    process: subprocess.Popen[str]
    port: int
    token: str

    def request(
        self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None
    ) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def save(self, content: bytes, address: str, **headers: str) -> tuple[int, dict[str, Any]]:
        """Send a page as SingleFile does."""
        body, kind = form(content, address)
        sent = {"Authorization": f"Bearer {self.token}", "Accept": "multipart/form-data", "Origin": EXTENSION}
        status, answer = self.request("POST", "/inbox", body, {"Content-Type": kind, **sent, **headers})
        return status, json.loads(answer)

    def shown(self, said: Mapping[str, Any]) -> str:
        """The page of an answer, once it is there."""
        path = str(said["address"]).removeprefix(f"http://127.0.0.1:{self.port}")
        status, answer = self.request("GET", path)
        assert 200 == status
        return answer.decode()


def start(folder: Path, home: Path, *options: str) -> Running:
    where = [f"--content={folder / 'content'}", "--workers=1", "--port=0"]
    environment = os.environ | {"XDG_CONFIG_HOME": str(home), "PYTHONPATH": str(ROOT)}
    with (folder / "complaints.txt").open("w") as complaints:
        process = subprocess.Popen(
            [sys.executable, "-c", PATIENT, "serve", "--inbox", *where, *options],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=complaints,
            text=True,
            env=environment,
        )
    assert process.stdout
    found = (
        re.match(r"http://127\.0\.0\.1:(\d+)/inbox takes pages with the token (\S+)", line) for line in process.stdout
    )
    said = next((match for match in found if match), None)
    assert said, (folder / "complaints.txt").read_text("utf-8")
    return Running(folder, process, int(said[1]), said[2])


def stop(running: Running) -> None:
    running.process.send_signal(signal.SIGINT)
    running.process.communicate(timeout=PATIENCE)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, home: Path) -> Iterator[Running]:
    started = start(lay(tmp_path_factory.mktemp("inbox"), ARCHIVE), home)
    yield started
    stop(started)


def test_page_that_is_sent_is_shown_and_its_address_is_the_answer(running: Running) -> None:
    content = page("The ferry stops", "The ferry to Sandvar stops for the winter.", "https://example.org/ferry")
    status, said = running.save(content, "https://example.org/ferry")
    assert (201, False) == (status, said["duplicate"])
    assert re.fullmatch(r"content/saved/inbox/the-ferry-stops-\d{4}-\d\d-\d\d\.html", said["saved"])
    assert "The ferry to Sandvar stops" in running.shown(said)
    assert content == (running.folder / said["saved"]).read_bytes()


def test_second_save_is_a_version_and_the_same_text_is_no_second_article(running: Running) -> None:
    address = "https://example.org/bread"
    first = running.save(page("Bread is dear", "Bread costs four crowns.", address), address)[1]
    same = running.save(page("Bread is dear", "Bread costs four crowns.", address, "<meta name=x content=y>"), address)[
        1
    ]
    other = running.save(page("Bread is dear", "Now it costs five, says the baker of Rope Street.", address), address)[
        1
    ]
    assert (True, first["address"]) == (same["duplicate"], same["address"])
    names = [said["address"].rpartition("/")[2] for said in (first, other)]
    assert names[0] != names[1]
    assert [True, True] == [name in running.shown(said) for name, said in zip(names, (other, first), strict=True)]


def test_very_same_bytes_are_stored_once(running: Running) -> None:
    content = page("A rope", "A rope was found.", "https://example.org/rope")
    first, second = (running.save(content, "https://example.org/rope")[1] for _ in range(2))
    assert (first["saved"], True) == (second["saved"], second["duplicate"])


def test_fifty_saves_at_once_lose_none(running: Running) -> None:
    def send(number: int) -> str:
        address = f"https://example.org/many/{number}"
        text = f"Crane {number} turns again, and its driver, number {number * 7919}, waves {'x' * number}."
        return str(running.save(page("Many", text, address), address)[1]["saved"])

    with ThreadPoolExecutor(50) as pool:
        saved = set(pool.map(send, range(50)))
    assert 50 == len(saved)
    texts = [(running.folder / name).read_bytes() for name in saved]
    assert {f"Crane {number} turns" for number in range(50)} == {
        re.findall(r"Crane \d+ turns", text.decode())[0] for text in texts
    }
    articles = running.folder / "content/articles"
    until(lambda: 50 == sum("Crane" in path.read_text("utf-8") for path in articles.glob("*.md")))


def refused(running: Running, method: Callable[[], tuple[int, Any]]) -> int:
    """The status of an answer after which nothing was written."""
    before = contents(running.folder / "content/saved")
    status, said = method()
    assert "error" in (said if isinstance(said, dict) else json.loads(said))
    assert before == contents(running.folder / "content/saved")
    assert [] == list((running.folder / ".glossator").glob("inbox-*"))
    return status


def test_whoever_may_not_send_is_refused_and_nothing_is_written(running: Running) -> None:
    content = page("A thief", "A thief came.", "https://example.org/thief")
    send = running.save
    assert 401 == refused(running, lambda: send(content, "", Authorization="Bearer guess"))
    assert 401 == refused(running, lambda: send(content, "", Authorization=""))
    for origin in ("https://evil.example", f"http://127.0.0.1:{running.port}", "null", "http://localhost"):
        assert 403 == refused(running, lambda origin=origin: send(content, "", Origin=origin))  # type: ignore[misc]
    assert 415 == refused(running, lambda: send(b"%PDF-1.7 no page", ""))
    assert 415 == refused(running, lambda: send(content, "", **{"Content-Type": "text/html"}))
    assert 415 == refused(running, lambda: send(b"", ""))
    assert 405 == refused(running, lambda: running.request("GET", "/inbox"))


def test_another_host_is_refused(running: Running) -> None:
    body, kind = form(page("A thief", "A thief came."), "")
    headers = {"Content-Type": kind, "Authorization": f"Bearer {running.token}", "Host": f"evil.example:{running.port}"}
    before = contents(running.folder / "content/saved")
    assert 403 == running.request("POST", "/inbox", body, headers)[0]
    assert before == contents(running.folder / "content/saved")


@pytest.mark.parametrize("chunked", [False, True])
def test_two_hundred_megabytes_are_refused_and_nothing_is_written(running: Running, chunked: bool) -> None:
    piece = b"x" * (1 << 20)
    headers = {"Authorization": f"Bearer {running.token}", "Content-Type": "multipart/form-data; boundary=x"}
    headers |= {} if chunked else {"Content-Length": str(200 << 20)}
    assert 413 == refused(running, lambda: running.request("POST", "/inbox", (piece for _ in range(200)), headers))


def test_token_is_the_user_s_alone_and_is_printed(running: Running, home: Path) -> None:
    records = (home / "glossator/archives").glob("*.json")
    (record,) = (path for path in records if running.token in path.read_text("utf-8"))
    assert (0o600, 0o700) == (record.stat().st_mode & 0o777, record.parent.stat().st_mode & 0o777)
    command = [
        sys.executable,
        "-m",
        "glossator",
        "serve",
        "--inbox",
        "--print-token",
        f"--content={running.folder / 'content'}",
        f"--site={running.folder / 'site'}",
    ]
    printed = subprocess.run(
        command, capture_output=True, text=True, check=True, env=os.environ | {"XDG_CONFIG_HOME": str(home)}, cwd=ROOT
    )
    assert f"{running.token}\n" == printed.stdout
    assert not any(running.token.encode() in text for text in contents(running.folder / "content").values())


@pytest.mark.browser
@pytest.mark.slow
def test_chromium_sends_ten_megabytes_as_singlefile_does(running: Running, chromium: Browser) -> None:
    """The headless shell runs no extensions: its page sends what the extension does, under the extension's origin."""
    tab = chromium.new_page(bypass_csp=True)
    session = tab.context.new_cdp_session(tab)
    as_extension(session)
    tab.goto(f"http://127.0.0.1:{running.port}/livereload.js")  # which no build reloads
    answer = tab.evaluate(
        """async ([token, size]) => {
          const picture = "data:image/png;base64," + "A".repeat(size);
          const text = "<p>The lighthouse was painted white again, and the keeper said nothing of it at all.</p>".repeat(8);
          const content = `<!DOCTYPE html> <html lang=en><!--\\n Page saved with SingleFile \\n url: https://example.org/light \\n saved date: Sun Nov 29 2026 12:00:00 GMT+0000\\n--><head><title>White again</title></head><body><article><h1>White again</h1><img src="${picture}">${text}</article></body></html>`;
          const form = new FormData();
          form.append("file", new File([new Blob([content], {type: "text/html"})], "SingleFile.html", {type: "text/html"}));
          form.append("url", "https://example.org/light");
          const headers = {Authorization: "Bearer " + token, Accept: "multipart/form-data"};
          const answer = await fetch("/inbox", {method: "POST", body: form, headers});
          return [answer.status, await answer.json()];
        }""",
        [running.token, 10_000_000],
    )
    tab.close()
    status, said = answer
    assert status in (201, 202), said
    assert 10_000_000 < (running.folder / said["saved"]).stat().st_size
    until((running.folder / "content/articles/white-again.md").is_file)


def as_extension(session: CDPSession) -> None:
    """Let what a tab sends to the inbox have the origin of an extension."""
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "*/inbox"}]})

    def send_on(paused: dict[str, Any]) -> None:
        headers = {**paused["request"]["headers"], "Origin": EXTENSION}
        pairs = [{"name": name, "value": value} for name, value in headers.items()]
        session.send("Fetch.continueRequest", {"requestId": paused["requestId"], "headers": pairs})

    session.on("Fetch.requestPaused", send_on)


@pytest.mark.slow
def test_save_during_a_build_is_not_lost(tmp_path: Path, home: Path) -> None:
    started = start(lay(tmp_path, ARCHIVE), home)
    try:
        many = "".join(
            f"-- content/articles/a{number}.md --\n---\ntitle: Number {number}\n---\n{'Words of a longer text. ' * 60}\n"
            for number in range(300)
        )
        lay(tmp_path, many)
        time.sleep(0.4)  # the build of them has begun
        status, said = started.save(page("In between", "It came in between."), "https://example.org/between")
        assert status in (201, 202)
        until((tmp_path / "content/articles/in-between.md").is_file)
        assert (tmp_path / said["saved"]).is_file()
    finally:
        stop(started)


def sent(folder: Path, name: str, content: bytes) -> Path:
    path = folder / "content/saved/inbox" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def told(folder: Path) -> list[str]:
    """The files of the public site that have the canary in them, or in their names."""
    site = contents(folder / "site")
    return [name for name, content in site.items() if CANARY.encode() in content.lower() or CANARY in name.lower()]


PICTURE = "data:image/gif;base64,R0lGODlhAQABAIAAAP///wAAACwAAAAAAQABAAACAkQBADs="


def test_nothing_of_the_inbox_is_ever_in_the_site(tmp_path: Path) -> None:
    """Nor after all is made anew, an article is deleted, names are merged, and the file is moved."""
    lay(tmp_path, ARCHIVE.replace("in May", "in May, says Marta Lindqvist"))
    text = f"Marta {CANARY.title()} told the harbour board that {CANARY} is dear."
    head = f'<meta name=author content="Ada {CANARY}"><meta name=keywords content="{CANARY}">'
    first = sent(
        tmp_path,
        "first.html",
        page(f"{CANARY} one", f'{text}<img src="{PICTURE}" alt="{CANARY}">', "https://example.org/one", head),
    )
    sent(tmp_path, f"{CANARY}.md", f"---\nrights: full\ntags: [{CANARY}]\n---\n# {CANARY}\n\n{text}\n".encode())
    article = tmp_path / f"content/articles/{CANARY}-one.md"
    build(tmp_path)
    assert article.is_file()
    assert [] == told(tmp_path)
    build(tmp_path, reconvert=True)
    assert [] == told(tmp_path)
    lay(tmp_path, f'-- content/entities.toml --\nmerge = [["Marta Lindqvist", "Marta {CANARY.title()}"]]\n')
    build(tmp_path)
    assert [] == told(tmp_path)
    unsaid = re.sub(r"^rights: private\n", "", article.read_text("utf-8"), flags=re.MULTILINE)
    assert unsaid != article.read_text("utf-8")
    article.write_text(unsaid, "utf-8")  # private by its place, too
    build(tmp_path)
    assert [] == told(tmp_path)
    article.unlink()
    build(tmp_path)
    assert [] == told(tmp_path)
    first.rename(tmp_path / "content/saved/first.html")
    build(tmp_path, reconvert=True)
    assert [] == told(tmp_path)


def test_moved_file_stays_private_until_its_article_says_otherwise(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    saved = sent(tmp_path, "one.html", page("One", f"It is {CANARY}.", "https://example.org/one"))
    build(tmp_path)
    saved.rename(tmp_path / "content/saved/one.html")
    build(tmp_path, reconvert=True)
    assert [] == told(tmp_path)
    article = tmp_path / "content/articles/one.md"
    article.write_text(article.read_text("utf-8").replace("rights: private", "rights: full"), "utf-8")
    build(tmp_path)
    assert "articles/one.html" in told(tmp_path)


def test_save_of_a_public_page_changes_nothing_that_is_public(tmp_path: Path) -> None:
    address = "https://example.org/public"
    lay(tmp_path, ARCHIVE)
    (tmp_path / "content/saved").mkdir()
    (tmp_path / "content/saved/public.html").write_bytes(page("Public", "All may know it.", address))
    build(tmp_path)
    before = {name: text for name, text in contents(tmp_path / "site").items() if name.endswith((".html", ".xml"))}
    sent(tmp_path, "again.html", page("Public", "All may know it.", address, "<meta name=a content=b>"))
    sent(tmp_path, "later.html", page(f"Public {CANARY}", f"But not this: {CANARY}. {'Nor this. ' * 30}", address))
    claimed = f'<link rel=canonical href="{address}">'
    sent(
        tmp_path,
        "claimed.html",
        page("Not it", f"{CANARY} {'claims to be another. ' * 20}", "https://example.org/not-it", claimed),
    )
    for reconvert in (False, True):
        build(tmp_path, reconvert)
        assert before == {
            name: text for name, text in contents(tmp_path / "site").items() if name.endswith((".html", ".xml"))
        }
    not_it = (tmp_path / "content/articles/not-it.md").read_text("utf-8")
    assert "source: https://example.org/not-it\n" in not_it


def test_list_of_links_in_the_inbox_completes_no_article(tmp_path: Path) -> None:
    lay(tmp_path, ARCHIVE)
    (tmp_path / "content/saved").mkdir()
    (tmp_path / "content/saved/public.html").write_bytes(
        page("Public", "All may know it.", "https://example.org/public")
    )
    links = f'<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><A HREF="https://example.org/public" TAGS="{CANARY}">Public</A>\n<DD>{CANARY}\n</DL>\n'
    sent(tmp_path, "bookmarks.html", links.encode())
    report = build(tmp_path)
    assert [] == told(tmp_path)
    assert any("completes no article from the inbox" in problem.message for problem in report.problems)


@pytest.mark.slow
def test_published_branch_has_nothing_of_the_inbox(tmp_path: Path) -> None:
    """Also if SingleFile committed it to the repository, as its destination on GitHub does."""
    archive, remote = lay(tmp_path / "archive", ARCHIVE), tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(archive, "init", "--quiet")
    git(archive, "remote", "add", "origin", str(remote))
    sent(archive, "one.html", page(f"{CANARY} one", f"It is {CANARY}.", "https://example.org/one"))
    git(archive, "add", "--all")
    who = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    git(archive, *who, "commit", "--quiet", "--allow-empty-message", "--message", "")  # as SingleFile commits
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}"]
    command = [sys.executable, "-m", "glossator", "publish", "--yes", "--workers=1", *where]
    subprocess.run(command, check=True, cwd=ROOT, capture_output=True)
    names = git(remote, "ls-tree", "-r", "--name-only", "gh-pages").decode().split()
    assert "articles/wall.html" in names
    assert [] == [name for name in names if CANARY.encode() in git(remote, "show", f"gh-pages:{name}").lower()]


def git(folder: Path, *words: str) -> bytes:
    return subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True).stdout


def unpacked(tmp_path: Path, content: bytes, address: str, fields: InboxSettings) -> tuple[uploads.Upload, bytes]:
    body, kind = form(content, address)
    (tmp_path / "form").write_bytes(body)
    upload = uploads.unpack(tmp_path / "form", kind, fields, tmp_path / "page", Limits())
    return upload, (tmp_path / "page").read_bytes() if (tmp_path / "page").exists() else b""


def test_page_without_an_address_is_headed_by_the_one_that_was_sent(tmp_path: Path) -> None:
    bare = page("Bare", "No address.")
    upload, stored = unpacked(tmp_path, bare, "https://example.org/a?b=-->&c=1", InboxSettings())
    assert (stored.endswith(bare), "bare", ".html") == (True, upload.stem, upload.suffix)
    assert b" url: https://example.org/a?b=--%3E&c=1\n-->\n<!DOCTYPE" in stored
    whole = page("Whole", "Its address.", "https://example.org/whole")
    assert whole == unpacked(tmp_path, whole, "https://example.org/whole#part", InboxSettings())[1]
    marked = b"\xef\xbb\xbf" + bare
    assert unpacked(tmp_path, marked, "https://example.org/a", InboxSettings())[1].startswith(b"\xef\xbb\xbf<!--")


def test_page_with_titles_that_never_end_keeps_no_reader_busy(tmp_path: Path) -> None:
    hostile = b"<!DOCTYPE html><html><body>" + b"<title " * 160_000
    (tmp_path / "form").write_bytes(form(hostile, "https://example.org/ferry")[0])
    kind = form(b"", "")[1]
    read = uploads.unpack(tmp_path / "form", kind, InboxSettings(), tmp_path / "page.html", Limits(seconds=5))
    assert ("", "example-org") == (read.refusal, read.stem)


def test_form_without_the_field_says_which_is_missing(tmp_path: Path) -> None:
    upload, stored = unpacked(tmp_path, page("A", "B"), "", InboxSettings(file="singlehtmlfile"))
    assert ('The form has no field "singlehtmlfile" with the page: see [inbox] in glossator.toml.', b"") == (
        upload.refusal,
        stored,
    )


WATCHED = "ferry.html"


@pytest.fixture
def watched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """An archive and a folder beside it, and a home folder of their own."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    (tmp_path / "downloads").mkdir()
    return lay(tmp_path / "archive", ARCHIVE), tmp_path / "downloads"


def test_folder_is_watched_only_if_its_user_says_so_and_is_asked_once(
    watched: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    archive, folder = watched
    asked: list[str] = []

    def answer(said: bool | None) -> Callable[[str], bool | None]:
        def ask(question: str) -> bool | None:
            asked.append(question)
            return said

        return ask

    assert () == watched_folders.asked_folders(archive, (str(folder),), answer(None))
    assert "nobody is there to be asked" in capsys.readouterr().err
    assert (folder,) == watched_folders.asked_folders(archive, (str(folder),), answer(True))
    assert (folder,) == watched_folders.asked_folders(archive, (str(folder),), answer(False))
    assert 2 == len(asked)
    (archive / "content/saved").mkdir()
    assert () == watched_folders.asked_folders(archive, (str(archive / "content/saved"),), answer(True))


def test_new_and_complete_files_of_a_watched_folder_come_to_the_inbox_once(
    watched: tuple[Path, Path], tmp_path: Path
) -> None:
    archive, folder = watched
    now = time.time()
    for name in (
        WATCHED,
        "before.html",
        "torn.html",
        "torn.html.part",
        "half.html.crdownload",
        ".hidden.html",
        "young.html",
    ):
        (folder / name).write_bytes(page(name, f"It is {name}.", f"https://example.org/{name}"))
        os.utime(folder / name, (now - 60, now - 60))
    (folder / "empty.html").write_bytes(b"")
    os.utime(folder / "before.html", (now - 500, now - 500))
    os.utime(folder / "young.html", (now + 3600, now + 3600))
    (tmp_path / "elsewhere.html").write_bytes(page("Elsewhere", "It is a secret."))
    (folder / "link.html").symlink_to(tmp_path / "elsewhere.html")
    record = read_record(archive)
    answers = {str(folder): WatchedFolder(True, now - 300)}
    write_record(archive, user_record.UserRecord(record.archive, record.token, answers))
    settings = watched_folders.WatchedArchive(
        archive, archive / "content/saved", (folder,), Config(build=BuildSettings(workers=1))
    )
    inbox = archive / "content/saved/inbox"
    assert watched_folders._take_all(settings)  # one is young
    assert [WATCHED] == [path.name for path in inbox.iterdir()]
    (inbox / WATCHED).unlink()
    watched_folders._take_all(settings)
    assert [] == list(inbox.iterdir())  # who deletes it meant it


@pytest.mark.slow
def test_watching_preview_takes_what_is_downloaded(watched: tuple[Path, Path], tmp_path: Path) -> None:
    archive, folder = watched
    lay(archive, f'-- glossator.toml --\n[inbox]\nwatch = ["{folder}"]\n[language.en]\nmodel = ""\n')
    assert (folder,) == watched_folders.asked_folders(archive, (str(folder),), lambda _: True)
    started = start(archive, tmp_path / "home")
    try:
        (folder / WATCHED).write_bytes(page("The ferry", f"It stops. {CANARY}", "https://example.org/ferry"))
        until((archive / "content/articles/the-ferry.md").is_file)
    finally:
        stop(started)
    build(archive)
    assert [] == told(archive)


def test_page_is_saved_even_if_the_browser_hangs_up_before_the_answer(running: Running) -> None:
    body, kind = form(page("In a hurry", "It left at once."), "https://example.org/hurry")
    head = (
        f"POST /inbox HTTP/1.1\r\nHost: 127.0.0.1:{running.port}\r\nAuthorization: Bearer {running.token}\r\n"
        f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    with socket.create_connection(("127.0.0.1", running.port), PATIENCE) as client:
        client.sendall(head.encode() + body)
    until((running.folder / "content/articles/in-a-hurry.md").is_file)
    until(lambda: [] == list((running.folder / ".glossator").glob("inbox-*")))
    assert "Traceback" not in (running.folder / "complaints.txt").read_text("utf-8")


@pytest.mark.slow
def test_inbox_that_is_a_link_is_not_followed(tmp_path: Path, home: Path) -> None:
    lay(tmp_path / "archive", ARCHIVE)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "archive/content/saved").mkdir()
    (tmp_path / "archive/content/saved/inbox").symlink_to(tmp_path / "elsewhere")
    started = start(tmp_path / "archive", home)
    try:
        status, said = started.save(page("A thief", "A thief came."), "")
        assert (507, True, []) == (status, "it is a link" in said["error"], list((tmp_path / "elsewhere").iterdir()))
    finally:
        stop(started)


ALIKE = (
    "inbox",
    "Inbox",
    "INBOX",
    "inbox ",
    " inbox",
    "inbox.",
    "inbox. ",
    "ｉｎｂｏｘ",
    "in\u200bbox",
    "\ufeffinbox",
    "inbox\u00a0",
    "in\u00adbox",
)


def test_folder_that_looks_like_the_inbox_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leave_out_search(monkeypatch)
    for number, folder in enumerate((*ALIKE, "inbox 2", "my inbox")):
        words = " ".join(f"word{number}x{count}" for count in range(40))
        lay(
            tmp_path,
            f"-- content/saved/{folder}/memo{number}.txt --\nMemo {number}\n\nCANARY{number} was said. {words}.\n",
        )
    build(tmp_path)

    assert {12, 13} == canaries(tmp_path), [*enumerate(ALIKE)]
