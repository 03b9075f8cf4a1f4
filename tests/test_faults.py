"""What a build leaves when the disk, the person or the system ends it on the way: the old site or the new one."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from glossator.model import Output, SitePath
from glossator.output import MANIFEST, recover, write
from tests.sites import command, contents, lay
from tests.sweeps import sweep, sweep_rows

ROOT = Path(__file__).parents[1]
FORKS = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")
OLD = {"a.html": "old", "b.html": "old", "gone/c.html": "old", "keep.html": "kept"}
NEW = {"a.html": "new", "b.html": "new", "fresh/d.html": "new", "keep.html": "kept"}


@cache
def mounts() -> bool:
    """Whether a disk can be mounted for one process: as root, or where people may have namespaces of their own."""
    tried = ("unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    return bool(shutil.which("unshare")) and not subprocess.run(tried, capture_output=True, check=False).returncode


def put(site: Path, files: dict[str, str]) -> None:
    write(site, (Output(SitePath(path), text.encode()) for path, text in files.items()), map(SitePath, files))


def shown(site: Path) -> dict[str, str]:
    return {path: content.decode("utf-8", "replace") for path, content in contents(site).items() if path != MANIFEST}


def beside(site: Path) -> list[str]:
    """What lies in the folder of the site, itself too."""
    return sorted(path.name for path in site.parent.iterdir())


def run(code: str, *arguments: object, within: tuple[str, ...] = ()) -> str:
    """What a program says that must not fail."""
    command = [*within, sys.executable, "-c", code, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)
    return done.stdout


ENDED_AT_EVERY_STEP = """
import errno, os, sys
from itertools import count
from pathlib import Path
from tests.test_faults import NEW, OLD, put

STEPS = {"open", "os.mkdir", "os.rename", "os.link", "os.remove", "os.rmdir"}

def end_at(step, how):
    left = [None] * step
    def hook(event, arguments):
        if event in STEPS and not (event == "open" and not arguments[2] & os.O_CREAT):
            if left:
                return left.pop()
            ended.append(event)
            if how == "kill":
                os._exit(9)
            elif how == "interrupt":
                STEPS.clear()
                raise KeyboardInterrupt
            else:
                if how == "error":
                    STEPS.clear()
                raise OSError([errno.EIO, errno.ESTALE, errno.ENOSPC][step % 3], "The disk failed")
    sys.addaudithook(hook)

for step in count():
    site = Path(sys.argv[1], str(step), "site")
    put(site, OLD)
    child = os.fork()
    if not child:
        ended = []
        end_at(step, sys.argv[2])
        try:
            put(site, NEW)
        except BaseException:
            os._exit(130)
        os._exit(130 if ended else 0)
    if not os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        break
"""


def ended(folder: Path, how: str) -> list[Path]:
    """The folder of the site for each step at which a build was ended that was to make NEW of OLD."""
    run(ENDED_AT_EVERY_STEP, folder, how)
    return [folder / str(step) / "site" for step in range(len(list(folder.iterdir())))]


@pytest.mark.slow
@FORKS
@pytest.mark.parametrize("how", ["kill", "all fails from then on"])
def test_a_build_that_ended_at_any_step_leaves_whole_files_and_the_next_command_finishes_the_site(
    tmp_path: Path, how: str
) -> None:
    sites = ended(tmp_path / "ended", how)
    put(tmp_path / "old/site", OLD)
    put(tmp_path / "new/site", NEW)
    whole = [contents(tmp_path / "old"), contents(tmp_path / "new")]
    states = [shown(site) for site in sites]
    assert all(text == OLD.get(path) or text == NEW.get(path) for state in states for path, text in state.items())
    assert all("gone/c.html" not in state for state in states if state not in (OLD, NEW)), (
        "what is withdrawn goes first"
    )
    assert len(sites) > 15
    finished = []
    for number, site in enumerate(sites):
        for again in (OLD, NEW):
            shutil.copytree(site.parent, copy := tmp_path / f"{number}-{again is NEW}")
            put(copy / "site", again)
            assert (whole[again is NEW], ["site"]) == (contents(copy), beside(copy / "site"))
        recover(site)
        assert ["site"] == beside(site)
        finished.append(whole.index(contents(site.parent)))
    torn = [number for number, state in enumerate(states) if state not in (OLD, NEW)]
    assert len(torn) > 2
    assert {1} >= {finished[number] for number in torn} or how != "kill"


@FORKS
@pytest.mark.parametrize("how", [pytest.param("interrupt", marks=pytest.mark.slow), "error"])
def test_a_build_that_broke_off_at_any_step_leaves_the_old_site_or_the_new_one(tmp_path: Path, how: str) -> None:
    sites = ended(tmp_path / "ended", how)
    put(tmp_path / "old", OLD)
    put(tmp_path / "new", NEW)
    whole = [contents(tmp_path / "old"), contents(tmp_path / "new")]
    assert {0, 1} == {whole.index(contents(site)) for site in sites}
    for site in sites:
        put(site, NEW)
        assert (whole[1], ["site"]) == (contents(site), beside(site))


AS_A_PERSON = """
import os, sys
from pathlib import Path
from glossator.incremental.cache import Cache
from glossator.config import SiteError
from glossator.files import failure
from glossator.model import Output
from glossator.output import write
from tests.test_faults import NEW, put

os.geteuid() or os.setuid(65534)  # root may do everything
os.chdir(sys.argv[1])
try:
    put(Path("site"), NEW) if sys.argv[2] == "site" else print(*(one.message for one in Cache(Path("memory/a")).notices))
except OSError as error:
    print(failure(error))
except SiteError as error:
    print(error.message)
"""


@pytest.fixture
def shared() -> Iterator[Path]:
    """A folder that everybody may write to, in one that everybody may read."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        put(Path(folder, "site"), OLD)
        Path(folder, "memory").mkdir()
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        yield Path(folder)


@FORKS
@pytest.mark.parametrize(("locked", "named"), [("site", "site"), ("site/gone", "site/gone")])
def test_a_site_that_may_not_be_written_is_a_sentence_and_stays(shared: Path, locked: str, named: str) -> None:
    before = contents(shared)
    (shared / locked).chmod(0o555)
    assert f"{named} could not be read or written: permission denied.\n" == run(AS_A_PERSON, shared, "site")
    assert before == contents(shared)


@FORKS
def test_a_site_is_written_where_nothing_may_be_put_beside_it(shared: Path) -> None:
    shared.chmod(0o555)
    assert "" == run(AS_A_PERSON, shared, "site")
    assert NEW == shown(shared / "site")


@FORKS
def test_a_memory_that_may_not_be_read_is_set_aside(shared: Path) -> None:
    lay(shared, "-- memory/a --\nMine.\n")
    (shared / "memory/a").chmod(0)
    said = "is damaged, and was set aside as a.damaged; everything is made again\n"
    assert said == run(AS_A_PERSON, shared, "memory")


@FORKS
def test_a_memory_where_one_may_not_write_is_a_sentence(shared: Path) -> None:
    (shared / "memory").chmod(0o555)
    said = "memory/.gitignore could not be read or written: permission denied.\n"
    assert said == run(AS_A_PERSON, shared, "memory")
    lay(shared, "-- memory/.gitignore --\n*\n")
    said = "What is remembered of earlier builds, in memory/a.lock, cannot be used: unable to open database file.\n"
    assert said == run(AS_A_PERSON, shared, "memory")


ON_A_DISK_OF_ITS_OWN = """
import json, subprocess, sys
from pathlib import Path
from tests.sites import command, contents, lay

folder, site, state = Path(sys.argv[1]), Path(sys.argv[1], "site"), sys.argv[2]
lay(folder, '-- glossator.toml --\\n[language.en]\\nmodel = ""\\n-- content/articles/wall.md --\\nIt stands.\\n')
site.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", site], check=True)
command(folder, "--no-search")
before = contents(site)
lay(folder, f"-- content/articles/fall.md --\\n{'It fell. ' * 4000}\\n")
if state == "full":
    pad = site / "pad"
    try:
        pad.write_bytes(bytes(2_000_000))
    except OSError:
        pass
    with pad.open("r+b") as file:
        file.truncate(pad.stat().st_size - 16384)
    before["pad"] = pad.read_bytes()
else:
    subprocess.run(["mount", "-o", "remount,ro", site], check=True)
failed = command(folder, "--no-search")
intact = before == contents(site)
if state == "full":
    pad.unlink()
else:
    subprocess.run(["mount", "-o", "remount,rw", site], check=True)
mended = command(folder, "--no-search")
print(json.dumps([failed, intact, mended, (site / "articles/fall.html").exists(), sorted(p.name for p in folder.iterdir())]))
"""


@pytest.mark.skipif(not mounts(), reason="no disk can be mounted here; as root it can")
@pytest.mark.parametrize(
    ("state", "said"),
    sweep_rows(
        [("full", r"site/.+: no space left on device\."), ("read-only", r"site .+: read-only file system\.")], 1
    ),
)
def test_a_disk_that_takes_no_more_is_a_sentence_and_leaves_the_old_site(tmp_path: Path, state: str, said: str) -> None:
    (code, lines), *rest = json.loads(run(ON_A_DISK_OF_ITS_OWN, tmp_path, state, within=("unshare", "-rm")))
    assert (2, 2) == (code, len(lines))
    assert re.fullmatch(re.escape(f"{tmp_path}/") + said, lines[0])
    assert [True, [0, []], True, [".glossator", "content", "glossator.toml", "site"]] == rest


def test_a_page_that_is_too_large_for_the_disk_costs_no_other(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    put(tmp_path / "site", OLD)
    before = contents(tmp_path)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        with pytest.raises(OSError, match=r"fresh/d\.html"):
            put(tmp_path / "site", NEW | {"fresh/d.html": "new" * 100_000})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert (before, ["site"]) == (contents(tmp_path), beside(tmp_path / "site"))
    assert not (tmp_path / "site/fresh").exists()


BUILD_AS_A_PERSON = """
import ctypes, os, sys
from pathlib import Path
from tests.sites import command

if not os.geteuid():  # root stays the owner of the program's files, but gives up the right to write where it may not
    version, nothing = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)()
    assert ctypes.CDLL(None).capset(version, nothing) == 0
print(*command(Path(sys.argv[1]), "--no-search"))
"""


@FORKS
@pytest.mark.parametrize("locked", sweep(["content/articles", "content"], 1))
def test_articles_that_may_not_be_written_are_a_sentence_and_nothing_is_half_made(shared: Path, locked: str) -> None:
    lay(
        shared,
        '-- glossator.toml --\n[language.en]\nmodel = ""\n-- content/articles/wall.md --\nIt stands.\n'
        "-- content/saved/crane.md --\nThe crane fell.\n",
    )
    (shared / ".glossator").mkdir(mode=0o777)
    (shared / ".glossator").chmod(0o777)
    for folder in (shared / locked, *(path for path in (shared / locked).rglob("*") if path.is_dir())):
        folder.chmod(0o555)
    before = {name: text for name, text in contents(shared).items() if not name.startswith(".glossator/")}
    said = run(BUILD_AS_A_PERSON, shared)
    assert re.search(r"content/.+ could not be read or written: permission denied\.", said)
    assert "Traceback" not in said
    assert before == {name: text for name, text in contents(shared).items() if not name.startswith(".glossator/")}


def lock_archive(folder: Path) -> None:
    """Take away the right to write in a folder and in those below it."""
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        path.chmod(0o555)


def site_as_a_person(folder: Path) -> dict[str, str]:
    """Build the archive in the folder as BUILD_AS_A_PERSON, and return its site, which lies elsewhere."""
    said = run(
        BUILD_AS_A_PERSON.replace("tests.sites import command", "tests.test_faults import build_elsewhere as command"),
        folder,
    )
    assert said.startswith("0 "), said
    return shown(folder.parent / "elsewhere") | {"said": said}


def build_elsewhere(folder: Path, *arguments: str) -> tuple[int, list[str]]:
    return command(folder, f"--site={folder.parent / 'elsewhere'}", *arguments)


@FORKS
@pytest.mark.slow
def test_an_archive_in_which_nothing_may_be_written_is_built_elsewhere(
    shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared / "caches"))
    lay(shared, "-- archive/content/articles/wall.md --\nMarta Lindqvist came. Marta Lindqvist left.\n")
    archive = shared / "archive"
    lock_archive(archive)
    before = contents(archive)
    first = site_as_a_person(archive)
    said = first.pop("said")
    assert f"{archive} may not be written: what the next build can use is stored in" in said
    assert "entities.lock.json: may not be written" in said
    (archive / "content/articles").chmod(0o777)
    lay(archive, "-- content/articles/pier.md --\nMarta Lindqvist and Jonas Aber met. Jonas Aber left.\n")
    lock_archive(archive)
    second = site_as_a_person(archive)
    assert second != first
    assert "0 []\n" == second.pop("said"), "it was told"
    for folder in ("caches", "elsewhere"):
        shutil.rmtree(shared / folder)
    assert second == {path: text for path, text in site_as_a_person(archive).items() if path != "said"}
    assert before == {name: text for name, text in contents(archive).items() if not name.endswith("pier.md")}


@FORKS
def test_what_can_be_stored_nowhere_is_a_sentence(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(shared / "caches"))
    lay(shared, "-- archive/content/articles/wall.md --\nIt stands.\n-- caches/glossator --\nMine.\n")
    lock_archive(shared / "archive")
    said = run(BUILD_AS_A_PERSON, shared / "archive")
    assert said.startswith(f"2 ['{shared}/archive may not be written, and neither may {shared}/caches/glossator/")
    assert "set XDG_CACHE_HOME" in said
