"""Exports and the data of a site: nothing is said that does not stand in the article that is named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from glossator.check import ExportAudit, of_archive, unfounded_claims
from glossator.cli import main
from glossator.cli.extensions import load_extended
from glossator.export import ArchiveData
from glossator.export.gather import archive_data, owners_words
from glossator.model import SitePath
from glossator.output import manifest
from glossator.pipeline import ArchivePaths
from glossator.pipeline.review.survey import open_survey
from tests.exported_texts.formats import FORMATS
from tests.exported_texts.page_data import is_data, of_site
from tests.exported_texts.readers import SITE, reader
from tests.sites import lay, silent

ROOT = Path(__file__).parents[1]
WITH_DATA = 'data = ["markdown", "json", "llms", "api"]'
WITH_DESCRIPTORS = ("json", "jsonl", "csv", "sqlite", "epub", "vault", "okf")

pytestmark = pytest.mark.model


class Sample:
    """The sample archive, built with its data, as exports see it."""

    def __init__(self, folder: Path) -> None:
        shutil.copytree(ROOT / "content", folder / "content")
        settings = (ROOT / "glossator.toml").read_text("utf-8").replace("[site]\n", f"[site]\n{WITH_DATA}\n")
        lay(folder, f"-- glossator.toml --\n{settings}")
        lay(folder, '-- content/entities.toml --\nconfirm = ["Ilse Marrend"]\n')
        self.folder = folder
        where = [f"--{name}={folder / name}" for name in ("content", "site")]
        done = CliRunner(catch_exceptions=False).invoke(
            main, ["check", "--claims", "--json", "--no-search", "--workers=1", *where]
        )
        self.found = json.loads(done.stdout)
        paths = ArchivePaths(folder / "content", folder / "site")
        with open_survey(paths, load_extended(folder / "glossator.toml"), silent) as survey:
            self.archive, self.own = archive_data(survey), owners_words(survey)
            older = {file.stem: file for file in (folder / "content/articles").glob("*.md")}
            self.files = older | {str(file.head.id): Path(file.path) for file in survey.public}

    def found_in(self, form: str, archive: ArchiveData) -> list[str]:
        """What the audit says of a format, after it has seen the whole archive as it is."""
        audit = self.audit()
        return [finding.message for finding in audit.unfounded(form, reader(form)(FORMATS[form](archive)))]

    def audit(self) -> ExportAudit:
        """An audit that has seen the whole archive as it is."""
        audit = ExportAudit(self.files, self.own)
        assert [] == list(audit.unfounded("exports", of_archive(msgspec.to_builtins(self.archive))))
        return audit


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return Sample(tmp_path_factory.mktemp("sample"))


def test_all_that_the_sample_says_of_entities_stands_in_its_articles(sample: Sample, tmp_path: Path) -> None:
    assert [] == [finding for finding in sample.found["findings"] if finding["kind"] == "claims"]
    assert sample.found["texts"] > 500
    site = shutil.copytree(sample.folder / "site", tmp_path / "site")
    folder = sample.folder / "content/articles"
    articles = {f"articles/{file.stem}.html": file for file in folder.glob("*.md")}
    marrend, branning = "entities/ilse-marrend.html", "entities/sofie-branning.html"
    article = "articles/parliament-opens-inquiry-into-veldhaven-port.html"
    for name, said, invented in (
        (marrend, "did not answer our letters", "answered all letters"),
        (marrend, "I signed", "I forged"),
        (branning, '<p class="standfirst" data-search-about>', '<p class="standfirst" data-search-about>dishonest '),
        (article, '<p class="descriptor">leader of', '<p class="descriptor">enemy of'),
    ):
        page = site / name
        text = page.read_text("utf-8")
        assert said in text
        page.write_text(text.replace(said, invented), "utf-8")
        pages = [path.relative_to(site).as_posix() for path in site.rglob("*.html")]
        found = [each.message for each in unfounded_claims(site, list(map(SitePath, pages)), articles)]
        told = invented.rpartition(">")[2]
        assert [True] * len(found) == [told in message for message in found]
        assert found
        page.write_text(text, "utf-8")


GERMAN = """\
-- glossator.toml --
[site]
title = "Hafen"
language = "de"
-- content/articles/stops.md --
---
title: Stops of the first ferry
published: 2024-03-01
---
- [Merrowgate]{entity="Merrowgate" type=place}
-- content/articles/later-stops.md --
---
title: Stops of the second ferry
published: 2025-03-01
---
- [Merrowgate]{entity="Merrowgate" type=place}
"""
"""Settings, and two articles that say nothing of a place: its card can only count them."""


def test_the_words_of_the_interface_are_no_claims_in_another_language(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    lay(tmp_path, GERMAN)
    where = [f"--{name}={tmp_path / name}" for name in ("content", "site")]
    done = CliRunner(catch_exceptions=False).invoke(
        main, ["check", "--claims", "--json", "--no-search", "--workers=1", *where]
    )
    assert [] == [finding for finding in json.loads(done.stdout)["findings"] if finding["kind"] == "claims"]
    assert "2 Artikel" in (tmp_path / "site/articles/stops.html").read_text("utf-8")


def test_a_format_without_a_reader_of_its_own_is_audited_line_by_line(sample: Sample) -> None:
    names = "\n".join(entity.name for entity in sample.archive.entities)
    assert [] == list(sample.audit().unfounded("glossary", reader("glossary")({"": names.encode()})))
    (invented,) = sample.audit().unfounded("glossary", reader("glossary")({"": f"{names}\nNobody Invented".encode()}))
    assert 'says "Nobody Invented"' in invented.message


@pytest.mark.parametrize("form", FORMATS)
def test_what_a_format_says_of_the_sample_stands_in_its_articles(sample: Sample, form: str) -> None:
    audit = sample.audit()
    before = audit.texts
    assert [] == list(audit.unfounded(form, reader(form)(FORMATS[form](sample.archive))))
    assert audit.texts > before


@pytest.mark.parametrize("form", FORMATS)
def test_an_invented_word_in_a_text_or_title_is_found_in_every_format_that_says_it(sample: Sample, form: str) -> None:
    articles = tuple(
        msgspec.structs.replace(
            article,
            title=f"Invented {article.title}",
            text=article.text.replace(" the ", " teh "),
            markdown=article.markdown.replace(" the ", " teh "),
        )
        for article in sample.archive.articles
    )
    invented = msgspec.structs.replace(sample.archive, articles=articles)
    found = sample.found_in(form, invented)
    says_articles = FORMATS[form](invented) != FORMATS[form](sample.archive)
    assert says_articles == any("Invented" in message or " teh " in message for message in found)


@pytest.mark.parametrize("form", FORMATS)
def test_an_invented_name_is_found_in_every_format_that_says_it(sample: Sample, form: str) -> None:
    entities = tuple(
        msgspec.structs.replace(entity, name=f"Invented {entity.name}") for entity in sample.archive.entities
    )
    invented = msgspec.structs.replace(sample.archive, entities=entities)
    says_names = FORMATS[form](invented) != FORMATS[form](sample.archive)
    assert says_names == any("Invented" in message for message in sample.found_in(form, invented))


def test_the_command_s_audit_finds_an_invented_descriptor_and_words_at_a_wrong_place(sample: Sample) -> None:
    data = msgspec.to_builtins(sample.archive)
    described = next(entity for entity in data["entities"] if entity["descriptor"])
    described["descriptor"]["text"] = "dishonest"
    article = data["articles"][0]
    article["mentions"] = [{"start": len(article["text"]), "end": len(article["text"]) + 1, "entity": described["id"]}]
    found = [finding.message for finding in sample.audit().unfounded("exports", of_archive(data))]
    assert 2 == len(found)
    assert any('says "dishonest"' in message for message in found)
    assert any('says "nothing at' in message for message in found)


@pytest.mark.parametrize("form", WITH_DESCRIPTORS)
def test_an_invented_descriptor_is_found(sample: Sample, form: str) -> None:
    entities = tuple(
        msgspec.structs.replace(
            entity, descriptor=msgspec.structs.replace(entity.descriptor, text=f"dishonest {entity.descriptor.text}")
        )
        if entity.descriptor
        else entity
        for entity in sample.archive.entities
    )
    found = sample.found_in(form, msgspec.structs.replace(sample.archive, entities=entities))
    assert sum(entity.descriptor is not None for entity in sample.archive.entities) <= len(found)
    assert all("dishonest" in message for message in found)


@pytest.mark.parametrize("form", ["json", "jsonl", "csv", "sqlite", "vault", "okf"])
def test_a_descriptor_that_stands_in_another_article_is_found(sample: Sample, form: str) -> None:
    described = next(entity for entity in sample.archive.entities if entity.descriptor)
    assert described.descriptor
    other = next(article.id for article in sample.archive.articles if described.descriptor.text not in article.text)
    moved = msgspec.structs.replace(described, descriptor=msgspec.structs.replace(described.descriptor, article=other))
    entities = tuple(moved if entity is described else entity for entity in sample.archive.entities)
    found = sample.found_in(form, msgspec.structs.replace(sample.archive, entities=entities))
    assert any(f'says "{described.descriptor.text}", which does not stand in {other}' == message for message in found)


def test_an_invented_word_in_the_data_of_the_site_is_found(sample: Sample) -> None:
    site = sample.folder / "site"
    paths = manifest(site)
    data = {str(path): (site / path).read_bytes() for path in paths if is_data(path, paths)}
    assert {"llms.txt", "index.md", "index.json", "api/1/index.json"} <= set(data)
    for name, said in (
        ("entities/ilse-marrend.json", b"kept from me"),
        ("entities/ilse-marrend.md", b"director of the VPA"),
        ("entities/ilse-marrend.md", b"I signed"),
        ("articles/parliament-opens-inquiry-into-veldhaven-port.json", b"leader of"),
        ("articles/parliament-opens-inquiry-into-veldhaven-port.md", b": leader of"),
        ("llms.txt", b"Parliament"),
        ("articles/index.md", b"Parliament"),
        ("api/1/articles.json", b"Parliament"),
        ("api/1/entities.json", b"Marrend"),
    ):
        assert said in data[name], name
        audit = sample.audit()
        assert [] == list(audit.unfounded(SITE, of_site(data)))
        tampered = data | {name: data[name].replace(said, said[:-1] + b"XX")}
        found = list(audit.unfounded(SITE, of_site(tampered)))
        assert found, (name, said)
        assert {f"{SITE}: {name}"} == {finding.path for finding in found}


def test_files_that_are_no_data_are_not_read() -> None:
    paths = [SitePath(path) for path in ("a.html", "a.json", "static/b.json", "pagefind/c.json", "api/1/index.json")]
    assert ["a.json", "api/1/index.json"] == [path for path in paths if is_data(path, paths)]
