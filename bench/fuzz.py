"""Gives every reader, every opener and every file of settings damaged input, and looks for tracebacks and long work.

usage: python bench/fuzz.py [--seconds N] [--only NAME] [--seed N] [--keep FOLDER]

The input is made of the golden files of the tests by Hypothesis: bytes are changed, cut, repeated and mixed with what
has broken programs before, also within the members of archives. A reader may refuse its input with a sentence. Any
other exception is a finding, and so is more than SLOW seconds of CPU time; KEEP gets the input of each. What is read is
also written as HTML. Ends with exit code 1 if there is any finding.
"""

from __future__ import annotations

import argparse
import gzip
import io
import sys
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

from glossator import frontmatter, markup, read_config  # noqa: E402  # beside this script
from glossator.config import ExtractSettings  # noqa: E402
from glossator.content import article_files, conversions, decisions, gazetteers, own_texts, published_ids  # noqa: E402
from glossator.errors import UserError  # noqa: E402
from glossator.extension_points.loaded_openers import our_openers  # noqa: E402
from glossator.incremental.workers.article_limits import LimitReached, Limits, limited  # noqa: E402
from glossator.model import Extracted  # noqa: E402
from glossator.rights import RightsPolicy  # noqa: E402
from glossator.stages.extract import CORE_OPENERS, READERS, saved_file  # noqa: E402
from glossator.stages.extract.read_file import _extracted_parts  # noqa: E402
from glossator.stages.extract.recognise_format import recognise  # noqa: E402

SLOW = 10
"""CPU seconds."""
EXAMPLES = 200
"""Examples of one round; a round that has begun is finished."""
TOKENS = (
    *(
        b"<",
        b">",
        b"&",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"&#0;",
        b"&#xD800;",
        b"]]>",
        b"<![CDATA[",
        b"<!--",
        b"-->",
    ),
    *(b"[" * 300, b"[a](" * 300, b"*a_b" * 300, b"{" * 3000, b'{"a":' * 3000, b"<div>" * 300, b"<table><tr><td>" * 50),
    *(b"> " * 300, b"- " * 300, b"`" * 300, b"![", b"|" * 300, b"-1", b"0", b"9" * 60, b"9" * 5000, b"1e999", b"nan"),
    *(
        b"---\n",
        b"\n---\n",
        b"+++\n",
        b'"',
        b"'",
        b'"""',
        b"\\",
        b"\\u0000",
        b"%00",
        b"../../../etc/passwd",
        b"file:///",
    ),
    *("\u202e\u2066".encode(), "\ud7ff\ufffe".encode(), b"\xed\xa0\x80", b"\r", b"\r\n", b"\t", b"\x1b[2J", b"\x0c"),
    *(b"Content-Type: text/html; charset=x\r\n", b"Content-Length: 99999999999\r\n", b"Content-Encoding: br\r\n"),
    *(b"Content-Transfer-Encoding: base64\r\n", b"=?utf-8?b?/////w==?=", b"0000-99-99T99:99:99Z", b"10000-01-01"),
    *(
        b"javascript:alert(1)",
        b"http://[::1",
        b"http://a:b@c:99999/",
        b"&a *a",
        b"!!python/object:os.system",
        b"<<: *a",
    ),
    *(
        b'<base href="http://[">',
        b'<meta charset="utf-7">',
        b"<script>",
        b"<svg><style>",
        b"true",
        b"null",
        b"[]",
        b"{}",
    ),
)


@dataclass
class Target:
    """A reader with the files that its input is made of."""

    name: str
    read: Callable[[bytes], object]
    seeds: Sequence[bytes]
    examples: int = 0
    slowest: float = 0.0
    findings: dict[str, bytes] = field(default_factory=dict)
    """Input by what it caused."""


@st.composite
def damage(draw: st.DrawFn, content: bytes) -> bytes:
    """Return the content with up to eight changes."""
    for _ in range(draw(st.integers(0, 8))):
        at = draw(st.integers(0, len(content)))
        length = draw(st.sampled_from((1, 2, 8, 40, 300, 5000)))
        kind = draw(st.integers(0, 4))
        match kind:
            case 0:
                content = content[:at] + draw(st.sampled_from(TOKENS)) + content[at:]
            case 1:
                content = content[:at] + draw(st.sampled_from(TOKENS)) + content[at + length :]
            case 2:
                content = content[:at] + content[at + length :]
            case 3:
                content = content[: at + length] + content[at:]
            case _:
                content = content[:at] + draw(st.binary(min_size=1, max_size=4)) + content[at + 1 :]
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 9)) == 0 else content


@st.composite
def damaged(draw: st.DrawFn, seeds: Sequence[bytes]) -> bytes:
    """Return one of the seeds, damaged; a packed one is damaged inside or outside."""
    content = draw(st.sampled_from(seeds))
    if draw(st.booleans()):
        if content.startswith(b"PK\x03\x04"):
            return draw(repacked(content))
        if content.startswith(b"\x1f\x8b"):
            return gzip.compress(draw(damage(gzip.decompress(content))), 1)
    return draw(damage(content))


@st.composite
def repacked(draw: st.DrawFn, content: bytes) -> bytes:
    """Return a ZIP archive of which one member is damaged."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(target, "w") as written:
        chosen = draw(st.sampled_from(archive.infolist()))
        for member in archive.infolist():
            inside = archive.read(member)
            written.writestr(member.filename, draw(damage(inside)) if member is chosen else inside)
    return target.getvalue()


def golden() -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of every golden file of a saved page or an export."""
    folders = ("golden", "golden_archives", "golden_exports", "golden_text")
    for path in sorted(path for folder in folders for path in (ROOT / "tests" / "extract" / folder).iterdir()):
        if path.is_dir():
            target = io.BytesIO()
            with zipfile.ZipFile(target, "w") as archive:
                for member in sorted(member for member in path.rglob("*") if member.is_file()):
                    archive.writestr(member.relative_to(path).as_posix(), member.read_bytes())
            yield path.name, target.getvalue()
        else:
            yield path.name, path.read_bytes()


def read_saved(recognised: str, data: bytes) -> None:
    """Read a saved file as a format, and write what is read as HTML."""
    file = saved_file(data, f"fuzz/{recognised}")
    for result in _extracted_parts(file, recognised, ExtractSettings(), {**CORE_OPENERS, **our_openers()}):
        if isinstance(result, Extracted):
            markup.weave(result.markdown)


def read_file(name: str, read: Callable[[Path], object], data: bytes) -> None:
    """Write the data to a file of a name in an empty folder, and read the folder."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        read(Path(folder))


def read_article(data: bytes) -> None:
    policy = RightsPolicy()
    read_file(
        "a.md", lambda folder: markup.weave(article_files.read(folder / "a.md", "a", policy).article.markdown), data
    )


def targets() -> list[Target]:
    """Return every target: the readers, each opener once, and the files of settings."""
    by_target: dict[str, list[bytes]] = {}
    for name, data in golden():
        by_target.setdefault(recognise(data, name), []).append(data)
    by_target["document"] = by_target["html"]
    formats = {**dict.fromkeys(READERS), **CORE_OPENERS, **our_openers()}
    by_reader: dict[object, str] = {}
    for recognised, opener in formats.items():
        if by_target.get(recognised):
            by_reader.setdefault(opener or recognised, recognised)
    made = [Target(name, partial(read_saved, name), by_target[name]) for name in by_reader.values()]
    kept = {name: [content for _, content in SETTINGS[name]] for name in SETTINGS}
    made += [Target(name, partial(read_file, SETTINGS[name][0][0], reader), kept[name]) for name, reader in OWN.items()]
    fields = [path.read_bytes() for path in sorted((ROOT / "content").rglob("*.md"))]
    made.append(Target("front matter", lambda data: frontmatter.split(data.decode("utf-8", "replace")), fields))
    made.append(Target("front matter of others", lambda data: frontmatter.split_tolerantly(decoded(data)), fields))
    made.append(Target("article", read_article, fields))
    return made


def decoded(data: bytes) -> str:
    return data.decode("utf-8", "replace")


DECISIONS = b"""ignore = ["A B"]\nprivate = ["C"]\nconfirm = ["D"]\nnot-the-same = [["E", "F"]]
[rename]\n"G" = "H"\n[merge]\n"I" = ["J", "K"]\n[type]\n"L" = "person"\n[ignore-in]\n"M" = ["article"]
[[split]]\nname = "N"\nas = "O"\nin = ["article"]\n"""
LIST = b"""[[entity]]\nname = "Skerry Harbour Board"\ntype = "organisation"\naliases = ["The Board"]
[entity.links]\nWikidata = "https://www.wikidata.org/wiki/Q1"\n"""
CSV = b"name,type,aliases,wikidata\nSkerry Harbour Board,organisation,The Board|SHB,Q1\nMarta Lindqvist,person,,\n"
LOCK = b'{"entities": {"marta-lindqvist": {"name": "Marta Lindqvist", "type": "person"}}}'
ARTICLES_LOCK = b"""{"saved": [
{"file": "a.html", "sha256": "ab", "fate": "article", "article": "a.md"},
{"file": "b.html", "sha256": "cd", "fate": "copy", "article": "a.md", "shared": "text", "rights": "private"}],
"renamed": {"old": "new"}}"""
SETTINGS: dict[str, list[tuple[str, bytes]]] = {
    "decisions": [("entities.toml", DECISIONS)],
    "gazetteer in TOML": [("gazetteers/list.toml", LIST)],
    "gazetteer in CSV": [("gazetteers/list.csv", CSV)],
    "lock of entities": [("entities.lock.json", LOCK)],
    "lock of articles": [("articles.lock.json", ARTICLES_LOCK)],
    "note": [("entities/marta.md", b"---\nname: Marta\ntype: person\naliases: [M]\nlinks: {a: http://b}\n---\nText\n")],
    "settings": [("glossator.toml", (ROOT / "glossator.toml").read_bytes())],
}
OWN: dict[str, Callable[[Path], object]] = {
    "decisions": decisions.read_decisions,
    "gazetteer in TOML": gazetteers.read_gazetteers,
    "gazetteer in CSV": gazetteers.read_gazetteers,
    "lock of entities": published_ids.read_lock,
    "lock of articles": conversions.read_conversions,
    "note": lambda folder: own_texts.read_notes(folder / "entities"),
    "settings": lambda folder: read_config.load(folder / "glossator.toml"),
}


def fuzz(target: Target, seconds: float, number: int) -> None:
    """Give a target damaged input for so many seconds, and note what goes wrong."""

    def attempt(data: bytes) -> None:
        begun = time.process_time()
        try:
            with suppress(UserError), limited(Limits(SLOW + 5)):
                target.read(data)
        except LimitReached:
            target.findings.setdefault("over the limit", data)
        except Exception as error:  # noqa: BLE001 -- that is what is looked for
            frame = traceback.extract_tb(error.__traceback__)[-1]
            target.findings.setdefault(f"{type(error).__name__} in {Path(frame.filename).name}:{frame.lineno}", data)
        took = time.process_time() - begun
        target.examples += 1
        target.slowest = max(target.slowest, took)
        if took > SLOW:
            target.findings.setdefault(f"over {SLOW} s", data)

    end = time.monotonic() + seconds
    while time.monotonic() < end:
        rules = settings(
            max_examples=EXAMPLES,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        number += 1
        seed(number)(rules(given(damaged(target.seeds))(attempt)))()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=120, help="for each target (120)")
    parser.add_argument("--only", help="name of one target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for the input of each finding")
    options = parser.parse_args()
    wrong = 0
    for target in targets():
        if options.only not in (None, target.name):
            continue
        fuzz(target, options.seconds, options.seed)
        wrong += len(target.findings)
        print(f"{target.name:24}{target.examples:>8,} inputs, slowest {target.slowest:5.1f} s", flush=True)
        for number, (finding, data) in enumerate(sorted(target.findings.items())):
            print(f"    {finding} ({len(data):,} bytes)", flush=True)
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{target.name.replace(' ', '-')}-{number}").write_bytes(data)
    print(f"{wrong} findings")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
