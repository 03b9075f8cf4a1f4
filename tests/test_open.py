"""Saved pages shown as a site that is not kept."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest

fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")

PAGE = """\
<html lang="en"><head><title>A pier for Ravnsborg</title></head><body><article><h1>A pier for Ravnsborg</h1>
<p>The town of Ravnsborg will have a pier by the spring, said Marta Lindqvist, who sits on the board of the harbour.</p>
<p>She would not say what it costs, but she had brought a drawing of it, and everybody liked the drawing very much.</p>
</article></body></html>
"""


def alone(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder for what is temporary, which no other process uses, and the environment of a command that uses it."""
    scratch = tmp_path_factory.mktemp("scratch")
    return scratch, {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "TMPDIR": str(scratch)}


@pytest.mark.model
def test_saved_page_is_shown_until_it_is_stopped_and_nothing_is_left(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "pier.html").write_text(PAGE, "utf-8")
    scratch, environment = alone(tmp_path_factory)
    command = [sys.executable, "-m", "glossator", "open", str(tmp_path / "pier.html"), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    ) as running:
        assert running.stdout
        address = next(found[0] for line in running.stdout if (found := re.match(r"http://\S+/", line)))
        with urllib.request.urlopen(f"{address}articles/a-pier-for-ravnsborg.html") as answer:
            assert "A pier for Ravnsborg" in answer.read().decode()
        running.send_signal(signal.SIGINT)
        *_, last, doubtful, keep, stopped = running.stdout.read().splitlines()
    assert (130, "Stopped.") == (running.wait(), stopped)
    assert last.startswith("Found: 1 article, ")
    assert "Nothing was doubtful." == doubtful
    assert keep.startswith("To keep it: glossator init DIR")
    assert [] == list(scratch.glob("glossator-open-*"))
    assert ["pier.html"] == [path.name for path in tmp_path.iterdir()]


FIRST, DONE = "Articles appear at", "search index is up to date"


@contextmanager
def opened(page: Path, environment: Mapping[str, str], until: str) -> Iterator[subprocess.Popen[bytes]]:
    """`open` in a terminal of its own, from the moment at which it says something; the terminal is closed in the end."""
    terminal, its_end = os.openpty()
    command = [sys.executable, "-m", "glossator", "open", str(page), "--no-browser"]
    running = subprocess.Popen(
        command,
        stdin=its_end,
        stdout=its_end,
        stderr=its_end,
        env=environment,
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 -- what makes it its terminal
    )
    os.close(its_end)
    said = b""
    try:
        while until.encode() not in said:
            said += os.read(terminal, 1024)
        yield running
    finally:
        os.close(terminal)
        running.wait()


TERMINAL = pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no such terminals")


@TERMINAL
@pytest.mark.model
@pytest.mark.parametrize(
    ("number", "until"),
    [
        ("SIGTERM", FIRST),
        (None, FIRST),
        pytest.param("SIGHUP", FIRST, marks=pytest.mark.slow),
        pytest.param("SIGTERM", DONE, marks=pytest.mark.slow),
        pytest.param("SIGHUP", DONE, marks=pytest.mark.slow),
        pytest.param(None, DONE, marks=pytest.mark.slow),
    ],
)
def test_nothing_is_left_by_a_request_to_end_or_a_closed_terminal(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, number: str | None, until: str
) -> None:
    (tmp_path / "pier.html").write_text(PAGE, "utf-8")
    scratch, environment = alone(tmp_path_factory)
    with opened(tmp_path / "pier.html", environment, until) as running:
        assert [True] == [folder.is_dir() for folder in scratch.glob("glossator-open-*")]
        if number:
            running.send_signal(getattr(signal, number))
            assert 130 == running.wait()
    assert [] == list(scratch.glob("glossator-*"))


@TERMINAL
@pytest.mark.model
def test_what_a_killed_one_left_goes_at_the_next_start_and_a_running_one_keeps_its_own(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    (tmp_path / "pier.html").write_text(PAGE, "utf-8")
    scratch, environment = alone(tmp_path_factory)
    with opened(tmp_path / "pier.html", environment, FIRST) as running:
        (of_first,) = scratch.glob("glossator-open-*")
        with opened(tmp_path / "pier.html", environment, FIRST) as second:
            (of_second,) = {*scratch.glob("glossator-open-*")} - {of_first}
            second.kill()
            second.wait()
            assert of_second.exists()
        with opened(tmp_path / "pier.html", environment, FIRST):
            assert (True, False) == ((of_first / "files/content/saved/pier.html").exists(), of_second.exists())
        assert running.poll() is None
    assert [] == list(scratch.glob("glossator-open-*"))


GREEK = """\
<html lang="el"><head><title>Μια προβλήτα</title></head><body><article><h1>Μια προβλήτα</h1><img src="quay.jpg" alt="Η προβλήτα">
<p>Η πόλη θα αποκτήσει μια προβλήτα μέχρι την άνοιξη, και κανείς δεν ξέρει πόσο θα κοστίσει, λέει η λιμενάρχης.</p>
<p>Είχε όμως μαζί της ένα σχέδιο, και το σχέδιο άρεσε πολύ σε όλους όσοι είχαν έρθει να το δουν.</p>
</article></body></html>
"""


@pytest.mark.model
@pytest.mark.slow
def test_doubts_are_told_once_and_counted_by_file(tmp_path: Path) -> None:
    (tmp_path / "pier.html").write_text(GREEK, "utf-8")
    command = [sys.executable, "-m", "glossator", "open", str(tmp_path), "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as running:
        assert running.stdout
        lines = []
        for line in running.stdout:
            lines.append(line)
            if "search index is up to date" in line:
                break
        running.send_signal(signal.SIGINT)
        *_, doubtful, _, _ = running.stdout.read().splitlines()
    for told in ("1 article in Greek: no names were looked for", f"{tmp_path / 'pier.html'}: "):
        assert 1 == len([line for line in lines if line.startswith(told)]), lines
    assert "Doubtful: 1 file; see above." == doubtful


def test_file_of_which_no_article_can_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "clip.mp4").write_bytes(b"\0\0\0\x18ftypmp42")
    command = [sys.executable, "-m", "glossator", "open", str(tmp_path / "clip.mp4")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (2, True) == (done.returncode, "There is nothing to show." in done.stderr)


@pytest.mark.model
def test_settings_and_templates_in_the_folder_of_a_stranger_are_not_read(tmp_path: Path) -> None:
    settings = '[site]\ntitle = "Canary"\n[build]\nexecutor = "tcp://127.0.0.1:9"\n[language.en]\nmodel = "canary"\n'
    canary = "{{ canary() }}"
    for folder in (tmp_path, tmp_path / "content", tmp_path / "saved"):
        (folder / "templates").mkdir(parents=True)
        (folder / "glossator.toml").write_text(settings, "utf-8")
        for name in ("home.html", "article.html", "base.html"):
            (folder / "templates" / name).write_text(canary, "utf-8")
    (tmp_path / "pier.html").write_text(PAGE, "utf-8")
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "glossator", "open", str(tmp_path), "--no-browser"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, cwd=tmp_path, env=environment
    ) as running:
        assert running.stdout
        address = next(found[0] for line in running.stdout if (found := re.match(r"http://\S+/", line)))
        with urllib.request.urlopen(address) as answer:
            home = answer.read().decode()
        running.send_signal(signal.SIGINT)
        running.stdout.read()
    assert "A pier for Ravnsborg" in home
    assert "<title>Canary" not in home
