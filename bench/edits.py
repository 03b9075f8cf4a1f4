"""Random edits of a whole archive, each followed by a build whose site is compared with a clean build's, byte for byte.

usage: python bench/edits.py [--edits N] [--articles N] [--seed N]

Ends with exit code 1 at the first site that differs, and says which edits led there. The archive is invented and its
names are found by a list (bench/standin.py), so that a build takes a fraction of a second.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from PIL import Image

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from bench import generate, standin  # noqa: E402  # beside this script
from glossator import pipeline  # noqa: E402
from glossator.cli.extensions import load_extended  # noqa: E402
from glossator.stages.plan.catalogue import cut_long_lists, lists  # noqa: E402

DECISIONS = (
    '[rename]\n"{person}" = "Somebody Else"\n',
    '[merge]\n"{firm}" = ["{other}"]\n',
    '[type]\n"{place}" = "organisation"\n',
    'ignore = ["{person}"]\n',
    'private = ["{person}"]\n',
    'private = ["{person}", "{firm}"]\n',
    'confirm = ["{firm}"]\nnot-the-same = [["{firm}", "{other}"]]\n',
    '[[split]]\nname = "{person}"\nas = "Another Person"\nin = ["{article}"]\n',
    "",
)
SUBJECTS = (
    "Barges carried silt past the lighthouse while the dredger deepened the channel beside the mooring.",
    "Scions were grafted upon rootstock, and the orchard was pruned before the blossom of the cider apples.",
    "The luthier varnished the violin, carved its bridge from maple and glued the fingerboard with care.",
)
"""Sentences whose words make articles related."""
NOTES = ("Corrected on day {}.", "The tide was {} feet high.")
THEMES = ("", "{# of one's own #}", "<p>Kept by hand.</p>")


PARAGRAPHS = 3
"""Paragraphs of an article: short ones, because nearly all of the time goes into building clean sites."""


def write_article(folder: Path, number: int, name: str) -> None:
    """Write the invented article of a number to a file of a name."""
    invented = generate.invent(number)
    short = replace(invented, paragraphs=invented.paragraphs[:PARAGRAPHS])
    path = folder / f"content/articles/{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(generate.markdown(short), "utf-8")


def articles(folder: Path) -> list[Path]:
    return sorted((folder / "content/articles").glob("*.md"))


def rewrite(folder: Path, chance: random.Random) -> None:
    """Add a sentence, take a paragraph away, or change the title, the day or the rights of an article."""
    path = chance.choice(articles(folder))
    text = path.read_text("utf-8")
    people = generate.person(chance.randrange(200)), generate.person(chance.randrange(9))
    changed = (
        f"{text}\n{people[0]} met {people[1]}, the treasurer of {generate.firm(chance.randrange(9))}, at sea.\n",
        f'{text}\n{people[1]} said: "{chance.randrange(90)} ships were lost in the storm that night."\n',
        text.rpartition("\n\n")[0] + "\n",
        f"{text}\n{' '.join(chance.choices(SUBJECTS, k=3))}\n",
        text.replace('title: "', 'title: "Again, ', 1),
        text.replace("published: 20", "published: 19", 1),
        text.replace("---\n", "---\nrights: private\n", 1)
        if "rights" not in text
        else text.replace("rights: private\n", ""),
    )
    path.write_text(chance.choice(changed), "utf-8")


def describe(folder: Path, chance: random.Random) -> None:
    """Let the head of an article name somebody: in its description, or as a tag or author."""
    path, person = chance.choice(articles(folder)), generate.person(chance.randrange(6))
    field = chance.choice((f"description: Of {person} and the sea.", f"tags: [sea, {person}]", f"authors: [{person}]"))
    path.write_text(path.read_text("utf-8").replace("---\n", f"---\n{field}\n", 1), "utf-8")


def cite(folder: Path, chance: random.Random) -> None:
    """Let an article link to another by its address or by a name, or quote its headline; or give it another name."""
    path, other = chance.choice(articles(folder)), generate.invent(chance.randrange(12))
    if chance.random() < 0.2:
        text = path.read_text("utf-8")
        path.write_text(text.replace("---\n", f"---\naliases: [Note {chance.randrange(3)}]\n", 1), "utf-8")
        return
    names = other.title, chance.choice(articles(folder)).stem, f"Note {chance.randrange(3)}"
    by_name = f"[[{chance.choice(names)}{chance.choice(('', '|as ==said==', '#Part'))}]]"
    copy = f"[a copy](https://copies.example/{chance.randrange(3)})"
    reference = chance.choice((f"[an earlier report]({other.source})", f"“{other.title}”", by_name, by_name, copy))
    path.write_text(f"{path.read_text('utf-8')}\nSee {reference}.\n", "utf-8")


def syndicate(folder: Path, chance: random.Random) -> None:
    """Record a copy of an article in another publication, or that it is none any more."""
    path = folder / "content/articles.lock.json"
    lock = json.loads(path.read_text("utf-8")) if path.exists() else {"saved": []}
    number, original = chance.randrange(3), chance.choice(articles(folder)).name
    rows = [row for row in lock["saved"] if row["file"] != f"copy-{number}.html"]
    if len(rows) == len(lock["saved"]) or chance.random() < 0.5:
        about = {"source": f"https://copies.example/{number}", "site": chance.choice(("", "The Copyist"))}
        copy = {"file": f"copy-{number}.html", "sha256": "", "fate": "copy", "article": original, "shared": "text"}
        rows.append(copy | about)
    path.write_text(json.dumps(lock | {"saved": rows}), "utf-8")


def save_again(folder: Path, chance: random.Random) -> None:
    """Add another version of an article, with or without the day of its save: another text of the same address."""
    number = chance.randrange(12)
    invented = generate.invent(number)
    later = replace(invented, paragraphs=(*invented.paragraphs[:3], chance.choice(NOTES).format(chance.randrange(99))))
    text = generate.markdown(later)
    if chance.random() < 0.6:
        text = text.replace("---\n", f"---\nsaved: 2026-0{chance.randrange(1, 9)}-11\n", 1)
    (folder / f"content/articles/again-{number}.md").write_text(text, "utf-8")


def write(folder: Path, chance: random.Random) -> None:
    """Add an article."""
    number = chance.randrange(1000, 1100)
    write_article(folder, number, str(number))


def remove(folder: Path, chance: random.Random) -> None:
    """Delete an article, as long as some are left."""
    paths = articles(folder)
    if len(paths) > 4:
        chance.choice(paths).unlink()


def decide(folder: Path, chance: random.Random) -> None:
    """Replace all decisions by others."""
    firm, other = (generate.firm(rank) for rank in chance.sample(range(6), 2))
    person, place = generate.person(chance.randrange(6)), generate.place(chance.randrange(6))
    article = chance.choice(articles(folder)).stem
    text = chance.choice(DECISIONS).format(firm=firm, other=other, person=person, place=place, article=article)
    (folder / "content/entities.toml").write_text(text, "utf-8")


def linked(folder: Path, chance: random.Random) -> str:
    """Return words of a person that link to an article, an entity or a page, or show a picture; some lead nowhere."""
    links = (
        f"[that](../articles/{chance.choice(articles(folder)).name})",
        f"[[{generate.invent(chance.randrange(12)).title}]]",
        f"[[{generate.person(chance.randrange(9))}]]",
        f"[[About {chance.randrange(9)}]] and [it](../pages/page-{chance.randrange(2)}.md)",
        f"![Shown](../pages/{chance.randrange(2)}.png)",
        "",
    )
    return chance.choice(links)


def rename(folder: Path, chance: random.Random) -> None:
    """Rename the file of an article, or take a picture beside the pages away or put another there."""
    if chance.random() < 0.6:
        path = chance.choice(articles(folder))
        path.rename(path.with_name(f"renamed-{chance.randrange(9999)}.md"))
        return
    path = folder / f"content/pages/{chance.randrange(2)}.png"
    path.parent.mkdir(exist_ok=True)
    if path.exists():
        path.unlink()
    else:
        Image.new("RGB", (chance.randrange(1, 9), 4)).save(path)


def note(folder: Path, chance: random.Random) -> None:
    """Write, change or delete a note on an entity, or a list of names."""
    rank = chance.randrange(4)
    path = folder / f"content/entities/note-{rank}.md"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and chance.random() < 0.5:
        path.unlink()
    else:
        words = f"Word {chance.randrange(99)} on them. {linked(folder, chance)}\n\n{linked(folder, chance)}"
        path.write_text(f"---\nname: {generate.person(rank)}\n---\n{words}\n", "utf-8")


def own_page(folder: Path, chance: random.Random) -> None:
    """Write, change or delete a page of the site's own."""
    path = folder / f"content/pages/page-{chance.randrange(2)}.md"
    path.parent.mkdir(exist_ok=True)
    if path.exists() and chance.random() < 0.5:
        path.unlink()
    else:
        words = f"Written by hand. {linked(folder, chance)}"
        path.write_text(f"---\ntitle: About {chance.randrange(9)}\n---\n{words}\n", "utf-8")


def change_theme(folder: Path, chance: random.Random) -> None:
    """Change a template that many pages reach, or take the change back."""
    path = folder / "templates/parts.html"
    path.parent.mkdir(exist_ok=True)
    plain = (Path(__file__).resolve().parents[1] / "templates/parts.html").read_text("utf-8")
    path.write_text(plain + chance.choice(THEMES), "utf-8")


def change_settings(folder: Path, chance: random.Random) -> None:
    """Give the site another title."""
    path = folder / "glossator.toml"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith(("[site]", "title"))]
    path.write_text("\n".join(["[site]", f'title = "Archive {chance.randrange(5)}"', *lines]) + "\n", "utf-8")


Edit = Callable[[Path, random.Random], None]
EDITS: tuple[Edit, ...] = (
    rewrite, rewrite, rewrite, rewrite, describe, cite, cite, syndicate, save_again, write, write, remove,
    decide, decide, note, note,
    own_page, own_page, rename, change_theme, change_settings,
)  # fmt: skip
"""Every kind of edit; the frequent ones stand several times."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The first edit after which an incremental build differed from a clean one."""

    edits: tuple[str, ...]
    """Names of all edits so far."""
    files: tuple[str, ...]
    """Paths of the files that differ."""


def grow(folder: Path, names: Path, count: int) -> None:
    """Write an archive of so many articles to a folder; `names` is the pipeline of bench/standin.py."""
    for number in range(count):
        write_article(folder, number, f"{number:07}")
    settings = f'[site]\nurl = "https://archive.example/"\n[build]\nsearch = false\n[language.en]\nmodel = "{names}"\n'
    (folder / "glossator.toml").write_text(settings, "utf-8")


def run(folder: Path, count: int, seed: int) -> Iterator[Difference | None]:
    """Make so many edits of an archive; yield after each how its site differs from a clean build's, or None."""
    chance = random.Random(seed)
    made: list[str] = []
    build(folder)
    for _ in range(count):
        edit = chance.choice(EDITS)
        made.append(edit.__name__)
        edit(folder, chance)
        build(folder)
        files = differing(folder)
        yield Difference(tuple(made), files) if files else None


def differing(folder: Path) -> tuple[str, ...]:
    """Build the archive anew elsewhere; return the paths of the files that differ, of the site and of the ids."""
    with tempfile.TemporaryDirectory(prefix="glossator-clean-") as temporary:
        clean = Path(temporary)
        for name in ("content", "templates"):
            if (folder / name).exists():
                shutil.copytree(folder / name, clean / name)
        shutil.copy(folder / "glossator.toml", clean)
        build(clean)
        mine, others = contents(folder / "site"), contents(clean / "site")
        return tuple(sorted(path for path in mine.keys() | others.keys() if mine.get(path) != others.get(path)))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def build(folder: Path) -> pipeline.Report:
    config = load_extended(folder / "glossator.toml")
    config = replace(config, build=replace(config.build, workers=1))
    paths = pipeline.ArchivePaths(folder / "content", folder / "site")
    return pipeline.bring_up_to_date(paths, config, lambda *_: None)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=5000)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    cut_long_lists.LONG, lists.FURTHER = 6, 0  # lists are cut at this size too
    with tempfile.TemporaryDirectory(prefix="glossator-edits-") as temporary:
        folder = Path(temporary) / "archive"
        standin.write(Path(temporary) / "names")
        grow(folder, Path(temporary) / "names", given.articles)
        for number, difference in enumerate(run(folder, given.edits, given.seed), start=1):
            if difference:
                print(f"edit {number} left another site than a clean build: {', '.join(difference.files)}")
                print(f"edits: {' '.join(difference.edits)}")
                sys.exit(1)
    print(f"{given.edits} edits, no difference")


if __name__ == "__main__":
    main()
