"""Publishing to a branch of a real Git remote."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from glossator.cli import main
from glossator.config import SiteError
from glossator.publish.before_publishing import FILE_LIMIT, excesses
from glossator.publish.branch import open_branch
from glossator.publish.remote import destination, pages_address
from tests.sites import lay

ARCHIVE = """\
-- content/articles/harbour.md --
---
title: A harbour
---
Marta Lindqvist came to Ravnsborg.
-- content/articles/quay.md --
---
title: A quay
---
Marta Lindqvist left Ravnsborg.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return lay(tmp_path / "archive", ARCHIVE)


@pytest.fixture
def remote(tmp_path: Path) -> Path:
    git("init", "--quiet", "--bare", str(tmp_path / "remote.git"))
    return tmp_path / "remote.git"


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], check=True, capture_output=True, text=True).stdout.strip()


def arguments(archive: Path, *more: str) -> list[str]:
    where = [f"--content={archive / 'content'}", f"--site={archive / 'site'}"]
    return ["publish", *where, "--workers=1", "--no-search", *more]


def publish(archive: Path, *more: str) -> Result:
    return CliRunner(catch_exceptions=False).invoke(main, arguments(archive, *more))


def served(remote: Path, path: str, branch: str = "gh-pages") -> str:
    return git(f"--git-dir={remote}", "show", f"{branch}:{path}")


def commits(remote: Path, branch: str = "gh-pages") -> int:
    return int(git(f"--git-dir={remote}", "rev-list", "--count", branch))


def commit_file(remote: Path, folder: Path, name: str, text: str) -> None:
    """Commit a file to the served branch from another clone, as its host or another person would."""
    git("clone", "--quiet", "--branch=gh-pages", str(remote), str(folder))
    (folder / name).write_text(text, "utf-8")
    git("-C", str(folder), "add", name)
    git("-C", str(folder), "-c", "user.name=N", "-c", "user.email=n@localhost", "commit", "--quiet", "-m", "A file")
    git("-C", str(folder), "push", "--quiet")


def test_branch_has_the_files_of_the_site_and_nothing_else(archive: Path, remote: Path) -> None:
    assert 0 == publish(archive, f"--to={remote}", "--yes").exit_code
    (archive / "site" / "private.txt").write_text("not ours", "utf-8")
    (archive / "content/articles/harbour.md").write_text("---\ntitle: A harbour\n---\nIt rained.\n", "utf-8")
    publish(archive, f"--to={remote}")
    listed = set(git(f"--git-dir={remote}", "ls-tree", "-r", "--name-only", "gh-pages").splitlines())
    files = {path.relative_to(archive / "site").as_posix() for path in (archive / "site").rglob("*") if path.is_file()}
    assert files - {"private.txt"} == listed
    assert "It rained." in served(remote, "articles/harbour.html")


def test_what_was_withdrawn_is_gone_unless_history_is_kept(archive: Path, remote: Path) -> None:
    publish(archive, f"--to={remote}", "--yes")
    (archive / "content/articles/quay.md").unlink()
    publish(archive, f"--to={remote}")
    assert (
        "articles/quay.html" not in git(f"--git-dir={remote}", "ls-tree", "-r", "--name-only", "gh-pages").splitlines()
    )
    assert 1 == commits(remote)
    (archive / "content/articles/harbour.md").write_text("---\ntitle: A pier\n---\nNothing.\n", "utf-8")
    publish(archive, f"--to={remote}", "--history")
    assert 2 == commits(remote)


def test_unchanged_site_is_not_published_again(archive: Path, remote: Path) -> None:
    publish(archive, f"--to={remote}", "--yes")
    before = git(f"--git-dir={remote}", "rev-parse", "gh-pages")
    assert "has all of it already" in publish(archive, f"--to={remote}").output
    assert before == git(f"--git-dir={remote}", "rev-parse", "gh-pages")


def test_domain_of_the_branch_stays_and_is_the_address_of_the_site(archive: Path, remote: Path, tmp_path: Path) -> None:
    publish(archive, f"--to={remote}", "--yes")
    commit_file(remote, tmp_path / "clone", "CNAME", "cuttings.example\n")
    assert 0 == publish(archive, f"--to={remote}").exit_code
    assert "cuttings.example" == served(remote, "CNAME")
    assert "https://cuttings.example/articles/harbour.html" in served(remote, "articles/harbour.html")


def test_branch_with_files_of_others_is_not_touched(archive: Path, remote: Path, tmp_path: Path) -> None:
    publish(archive, f"--to={remote}", "--yes")
    commit_file(remote, tmp_path / "clone", "README.md", "ten years of work")
    (archive / "content/articles/quay.md").unlink()
    done = publish(archive, f"--to={remote}", "--yes")
    assert (2, True) == (done.exit_code, "holds files that Glossator did not publish: README.md" in done.output)
    assert "ten years of work" == served(remote, "README.md")


def test_change_by_somebody_else_in_the_meantime_is_not_lost(archive: Path, remote: Path, tmp_path: Path) -> None:
    publish(archive, f"--to={remote}", "--yes")
    (archive / "content/articles/quay.md").unlink()
    publish(archive, "--dry-run")
    with open_branch(destination(archive, str(remote), "gh-pages")) as branch:
        publication = branch.prepare(archive / "site", history=False)
        commit_file(remote, tmp_path / "clone", "CNAME", "cuttings.example\n")
        with pytest.raises(SiteError, match="Somebody else changed"):
            branch.push(publication)
    assert "cuttings.example" == served(remote, "CNAME")


def test_publishing_that_is_killed_leaves_the_old_site_and_can_be_repeated(
    archive: Path, remote: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (scratch := tmp_path / "scratch").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    publish(archive, f"--to={remote}", "--yes")
    before = git(f"--git-dir={remote}", "rev-parse", "gh-pages")
    (archive / "content/articles/quay.md").unlink()
    reached = remote / "reached"
    hook = remote / "hooks" / "pre-receive"
    hook.write_text(f"#!/bin/sh\ntouch {reached}\nsleep 30\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    command = [sys.executable, "-m", "glossator", *arguments(archive, f"--to={remote}")]
    with subprocess.Popen(command, start_new_session=True, stderr=subprocess.DEVNULL) as running:
        while not reached.exists() and running.poll() is None:
            time.sleep(0.05)
        os.killpg(running.pid, signal.SIGKILL)
    assert before == git(f"--git-dir={remote}", "rev-parse", "gh-pages")
    hook.unlink()
    assert ["publish"] == [path.name.split("-")[1] for path in scratch.glob("glossator-*")]
    assert 0 == publish(archive, f"--to={remote}").exit_code
    assert [] == list(scratch.glob("glossator-*")), "the whole site was in it"
    assert before != git(f"--git-dir={remote}", "rev-parse", "gh-pages")


def test_archive_with_uncommitted_changes_is_published_and_stays_as_it_is(archive: Path, remote: Path) -> None:
    git("init", "--quiet", "--initial-branch=main", str(archive))
    git("-C", str(archive), "remote", "add", "origin", str(remote))
    git("-C", str(archive), "add", "content")
    assert 0 == publish(archive, "--yes").exit_code
    status = git("-C", str(archive), "status", "--porcelain", "--untracked-files=no")
    assert ["A  content/articles/harbour.md", "A  content/articles/quay.md"] == status.splitlines()
    assert "" == git("-C", str(archive), "for-each-ref")


def test_branch_that_holds_the_archive_is_refused(archive: Path, remote: Path) -> None:
    git("init", "--quiet", "--initial-branch=main", str(archive))
    git("-C", str(archive), "remote", "add", "origin", str(remote))
    done = publish(archive, "--yes", "--branch=main")
    assert (2, True) == (done.exit_code, "The branch main holds the archive itself." in done.output)


def test_dry_run_tells_what_would_change_without_a_remote_too(archive: Path, remote: Path) -> None:
    done = publish(archive, "--dry-run")
    assert (0, True) == (done.exit_code, "articles/harbour.html" in done.output)
    assert 0 == publish(archive, "--dry-run", f"--to={remote}").exit_code
    assert "" == git(f"--git-dir={remote}", "for-each-ref")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "has no Git remote called origin"),
        (["--to=upstream"], 'has no remote "upstream"'),
        (["--to=/nowhere/at/all.git"], "gh-pages of /nowhere/at/all.git cannot be read"),
    ],
)
def test_remote_that_is_not_there_is_one_sentence(archive: Path, more: list[str], said: str) -> None:
    done = publish(archive, *more)
    assert (2, True) == (done.exit_code, said in done.output)
    assert "Traceback" not in done.output


def test_remote_that_refuses_is_one_sentence(archive: Path, remote: Path) -> None:
    hook = remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho no, thank you\nexit 1\n", "utf-8")
    hook.chmod(0o755)
    done = publish(archive, f"--to={remote}", "--yes")
    assert (2, True) == (done.exit_code, "Nothing was published." in done.output)
    assert "Git could not do it: remote: no, thank you; " in done.output


def test_nothing_is_published_for_the_first_time_without_a_word(archive: Path, remote: Path) -> None:
    done = publish(archive, f"--to={remote}")
    assert (2, True) == (done.exit_code, "Add --yes" in done.output)
    assert "" == git(f"--git-dir={remote}", "for-each-ref")


def test_password_in_an_address_is_never_printed(archive: Path) -> None:
    done = publish(archive, "--to=https://me:secret@127.0.0.1:9/site.git")
    assert 2 == done.exit_code
    assert "secret" not in re.sub(r"\s", "", done.output)


@pytest.mark.parametrize(
    ("address", "served_at"),
    [
        ("git@github.com:Someone/cuttings.git", "https://someone.github.io/cuttings/"),
        ("https://github.com/someone/cuttings", "https://someone.github.io/cuttings/"),
        ("https://token@github.com/someone/someone.github.io.git", "https://someone.github.io/"),
        ("https://codeberg.example/someone/cuttings.git", ""),
    ],
)
def test_address_of_the_site_is_known_for_repositories_on_github(address: str, served_at: str) -> None:
    assert served_at == pages_address(address)


STAND_IN_FOR_SSH = """\
#!/bin/sh
# Git gives the host first, and the command with the repository's path in quotes last.
for last; do true; done
cd "{folder}" && eval "$last"
"""


def test_a_site_for_github_has_the_address_of_its_pages(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ssh := tmp_path / "ssh").write_text(STAND_IN_FOR_SSH.format(folder=tmp_path), "utf-8")
    ssh.chmod(0o755)
    monkeypatch.setenv("GIT_SSH_COMMAND", f"'{ssh}'")
    git("init", "--quiet", "--bare", str(tmp_path / "someone/cuttings.git"))
    git("init", "--quiet", str(archive))
    git("-C", str(archive), "remote", "add", "origin", "git@github.com:someone/cuttings.git")
    done = publish(archive, "--yes")
    assert (0, True) == (done.exit_code, "served at https://someone.github.io/cuttings/" in done.output), done.output
    assert "<loc>https://someone.github.io/cuttings/about.html</loc>" in served(
        tmp_path / "someone/cuttings.git", "sitemap.xml"
    )
    assert 'href="/cuttings/static/site.css' in served(tmp_path / "someone/cuttings.git", "404.html")


def test_files_that_github_refuses_are_named(tmp_path: Path) -> None:
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(FILE_LIMIT + 1)
    (tmp_path / "index.html").write_text("small", "utf-8")
    (excess,) = excesses(tmp_path, ["film.mp4", "index.html"])  # type: ignore[list-item]
    assert ("film.mp4", FILE_LIMIT + 1) == excess.largest[0]


def test_workflow_is_written_for_an_archive_that_has_none(archive: Path) -> None:
    done = publish(archive, "--workflow", "--install-from=glossator==0.1.0")
    assert 0 == done.exit_code
    assert "==0.1.0" in (archive / ".github" / "workflows" / "pages.yml").read_text("utf-8")


def test_what_was_kept_back_does_not_become_public_without_a_word(archive: Path, remote: Path) -> None:
    secret = archive / "content/articles/secret.md"
    # Nothing of it changes the site, and yet it has to be remembered.
    publish(archive, f"--to={remote}", "--yes")
    secret.write_text("---\ntitle: A secret\nrights: private\n---\nNobody.\n", "utf-8")
    done = publish(archive, f"--to={remote}", "--yes")
    assert "kept back (private): articles/secret.md" in done.output
    secret.write_text("---\ntitle: A secret\n---\nNobody.\n", "utf-8")
    done = publish(archive, f"--to={remote}")
    assert (2, True) == (done.exit_code, "would become public: articles/secret.md" in done.output)
    assert "A secret" not in served(remote, "articles/index.html")
    assert 0 == publish(archive, f"--to={remote}", "--yes").exit_code
    assert "A secret" in served(remote, "articles/index.html")


SOURCED = "---\ntitle: A pier\nsource: https://example.org/pier\n---\nOne.\n\nTwo.\n\nHalvard Brandvik came.\n"


def test_what_is_published_of_others_is_asked_once_and_yes_does_not_answer_it(
    archive: Path, remote: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay(archive, f"-- content/articles/pier.md --\n{SOURCED}")
    assert (0, True) == (
        (tried := publish(archive, f"--to={remote}", "--dry-run")).exit_code,
        "does not say what is published of articles by others" in tried.output,
    )
    done = publish(archive, f"--to={remote}", "--yes")
    assert (2, True) == (done.exit_code, "--yes does not answer it" in done.output)
    assert "" == git(f"--git-dir={remote}", "for-each-ref")
    lay(archive, "-- glossator.toml --\n# Mine.\n[site]\ntitle = 'Piers'\n")
    monkeypatch.setattr("glossator.cli.publish.ask_rights", lambda: "excerpt")
    assert 0 == publish(archive, f"--to={remote}", "--yes").exit_code
    settings = (archive / "glossator.toml").read_text("utf-8")
    assert ("# Mine.", True) == (settings.splitlines()[0], 'rights = "excerpt"' in settings)
    assert "Halvard" not in served(remote, "articles/pier.html")
    monkeypatch.setattr("glossator.cli.publish.ask_rights", lambda: pytest.fail("asked again"))
    assert 0 == publish(archive, f"--to={remote}", "--yes").exit_code
