"""Every command in the documentation does what it is meant to do, but those that clone, download or need machines."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import spacy
from click.testing import CliRunner

from glossator.cli import main
from glossator.config import SETTINGS_FILE

ROOT = Path(__file__).parents[1]
DOCUMENTED = sorted([ROOT / "README.md", *ROOT.glob("docs/pages/**/*.md")])
NOT_RUN = (
    "git clone",  # it clones
    "make ",  # each target installs what it needs first
    "pip install",  # these download
    "pipx install",
    "python -m pip install",
    "python -m spacy download",
    "source ",
    "glossator build --executor",  # these need a cluster; tests/test_executors.py starts one
    "python build.py build --executor",
)
NAMES = {
    "Petra Lindqvar": "PERSON",
    "Hanna Velling": "PERSON",
    "Velling": "PERSON",
    "Corvane Lines": "ORG",
    "Corvane": "ORG",
    "Aurelia Bay": "GPE",
    "Rope Street": "GPE",
    "SDU": "ORG",
    "Ulla Brandvik": "PERSON",
}
PIER = """\
<html lang="en"><head><title>A pier for Ravnsborg</title></head><body><article><h1>A pier for Ravnsborg</h1>
<p>The town of Ravnsborg will have a pier by the spring, said Petra Lindqvar, who sits on the board of the harbour.</p>
<p>She would not say what it costs, but she had brought a drawing of it, and everybody liked the drawing very much.</p>
<p>Corvane Lines will build it. Corvane also owns the Aurelia Bay, which lies in the harbour of Ravnsborg today.</p>
</article></body></html>
"""
WALLABAG = [
    {
        "title": "Gulls on the quay",
        "url": "https://tidetable.example/gulls",
        "content": "<p>There are more gulls on the quay than there were, said Hanna Velling, who counts them.</p>" * 3,
        "is_archived": 0,
        "created_at": "2024-04-05T09:00:00+0000",
        "tags": ["quays"],
        "language": "en",
    }
]
SEARCHES = re.compile(r"^# (search = )true$", re.MULTILINE)
WORKERS = re.compile(r"^# (workers = )0$", re.MULTILINE)


def documented(page: Path) -> Iterator[str]:
    """Yield the commands of a page: the lines behind a `$` in blocks of a console."""
    for block in re.findall(r"^```console\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                yield from shlex.join(shlex.split(line[2:], comments=True)).replace("'&&'", "&&").split(" && ")


def runs(page: Path) -> list[str]:
    return [command for command in documented(page) if not command.startswith(NOT_RUN)]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("model")
    made = spacy.blank("en")
    made.add_pipe("entity_ruler", name="ner").add_patterns(  # type: ignore[attr-defined]
        [{"label": kind, "pattern": name} for name, kind in NAMES.items()]
    )
    made.to_disk(folder)
    return folder


@dataclass(slots=True)
class Reader:
    """A person at a terminal who types what a page says. State: the folder in which the terminal is."""

    home: Path
    folder: Path
    model: Path

    def types(self, command: str) -> None:
        """Run a command, which must succeed."""
        program, *arguments = [os.path.expanduser(word) for word in shlex.split(command)]  # noqa: PTH111
        if program == "python" and arguments[:1] == ["build.py"]:
            program, arguments = "glossator", arguments[1:]
        if program == "cd":
            self.folder = self.folder / arguments[0]
        elif program != "glossator":
            subprocess.run([program, *arguments], cwd=self.folder, check=True)
        elif arguments[:1] in (["serve"], ["open"]):
            self.watches(arguments)
        elif arguments[:1] == ["mcp"]:  # with a loop of its own, beside that of a browser that another test opened
            started = [sys.executable, "-m", "glossator", *arguments]
            subprocess.run(started, cwd=self.folder, input=b"", check=True)
        else:
            self.runs(arguments or ["build"])
        os.chdir(self.folder)

    def runs(self, arguments: list[str]) -> None:
        asks = arguments[0] == "publish" and not {"--dry-run", "--workflow", "--yes"} & set(arguments)
        said = "q\n" if "review" in arguments else "y\n"
        done = CliRunner(catch_exceptions=False).invoke(main, [*arguments, *(["--yes"] if asks else [])], input=said)
        assert 0 == done.exit_code, f"{arguments}: {done.output}"
        if arguments[0] == "init":
            self.settles(Path(arguments[1]))

    def settles(self, archive: Path) -> None:
        """Let a new archive be built without Pagefind and with a model that knows a few names."""
        settings = archive / SETTINGS_FILE
        quick = WORKERS.sub(r"\g<1>1", SEARCHES.sub(r"\g<1>false", settings.read_text("utf-8")))
        settings.write_text(f'{quick}\n[language.en]\nmodel = "{self.model}"\n', "utf-8")

    def watches(self, arguments: list[str]) -> None:
        """Start what runs until Ctrl-C, and press it once there is a site to look at."""
        quiet = ["--no-browser"] if arguments[0] == "open" else []
        command = [sys.executable, "-m", "glossator", *arguments, "--port", "0", *quiet]
        with subprocess.Popen(command, cwd=self.folder, stdout=subprocess.PIPE, text=True) as running:
            assert running.stdout
            assert any("http://" in line for line in running.stdout)
            running.send_signal(signal.SIGINT)
            running.stdout.read()
        assert running.returncode in (0, 130)


@pytest.fixture
def reader(tmp_path: Path, model: Path, monkeypatch: pytest.MonkeyPatch) -> Reader:
    """A person with the sample archive, a few downloads, and a repository at a host."""
    home, remote = tmp_path / "home", tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    for name in ("saved-pages/pier.html", "more-pages/pier.html"):
        page = home / "Downloads" / name
        page.parent.mkdir(parents=True)
        page.write_text(PIER, "utf-8")
    (home / "Downloads" / "wallabag.json").write_text(json.dumps(WALLABAG), "utf-8")
    (home / "Downloads" / "pocket.csv").write_text(
        "title,url,time_added,tags,status\nGulls,https://tidetable.example/gulls,1712307600,birds,unread\n", "utf-8"
    )
    (home / "clippings").mkdir()
    (home / "clippings" / "quay.md").write_text("# A quay\n\nIt was built by Corvane Lines in a year.\n", "utf-8")
    settings = {f"url.{remote}.insteadOf": ("git@example.org:me/cuttings-site.git", "git@github.com:you/cuttings.git")}
    pairs = [(key, value) for key, values in settings.items() for value in values]
    for number, (key, value) in enumerate(pairs):
        monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
        monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    monkeypatch.setenv("GIT_CONFIG_COUNT", str(len(pairs)))
    for name in ("GIT_AUTHOR_NAME", "GIT_COMMITTER_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "you@example.org")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(home)
    return Reader(home, home, model)


def clone(reader: Reader) -> None:
    """Give the person the folder of the program, with the sample and what the examples name."""
    folder = reader.home / "glossator"
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("entities.toml"))
    for name in ("harbour-wall-to-be-raised", "a-swim"):
        article = f"---\ntitle: {name}\ntags: [quays]\npublished: 2024-06-01\n---\nHanna Velling came.\n"
        (folder / "content" / "articles" / f"{name}.md").write_text(article, "utf-8")
    (folder / SETTINGS_FILE).write_text('[site]\nrights = "full"\n[build]\n# search = true\n# workers = 0\n', "utf-8")
    reader.settles(folder)
    for name, text in (
        ("odd-page.html", PIER),
        ("Downloads/pier.html", PIER),
        ("texts/a.txt", "Corvane Lines."),
        ("draft.md", "Hanna came."),
    ):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / "glossator-0.1.0-py3-none-any.whl").write_bytes(b"a wheel")
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    subprocess.run(["git", "-C", folder, "remote", "add", "origin", "git@example.org:me/cuttings-site.git"], check=True)
    reader.folder = folder
    os.chdir(folder)


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize(
    "page", [page for page in DOCUMENTED if runs(page)], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_commands_of_a_page_work_one_after_the_other(page: Path, reader: Reader) -> None:
    clone(reader)
    commands = runs(page)
    if not any(command.startswith("glossator init") for command in commands):
        shutil.copytree(reader.folder, reader.home / "cuttings")
    if any("report.pdf" in command for command in commands):
        (reader.folder / "content/saved/report.pdf").write_bytes(b"%PDF-1.4")
    for command in commands:
        reader.types(command)
