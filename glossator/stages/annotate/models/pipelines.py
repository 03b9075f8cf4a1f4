"""The spaCy pipelines, loaded once in each process, at the first text that needs them, and what their labels mean."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from glossator.config import DEFAULT_MODEL
from glossator.errors import GlossatorError, UserError
from glossator.model import EntityType
from glossator.naming.languages import ENGLISH, installation, installation_of, main_language
from glossator.stages.annotate.models.classify.tables import Tables, packaged

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SHARED_LAYERS = ("tok2vec", "transformer", "curated_transformer")
"""Components that only feed others; the official small and medium models do not need them for names."""

UNUSED = (
    "attribute_ruler",
    "lemmatizer",
    "morphologizer",
    "parser",
    "senter",
    "tagger",
    "textcat",
    "trainable_lemmatizer",
)
"""Components that are not even loaded."""

FINDERS = ("ner", "word_tagger")
"""Components that find names: those of other pipelines, and of the packaged one."""

RUN = 4_000
"""Mean number of characters that the model reads together: more saves little and makes memoised runs rarer."""
LONGEST_RUN = 64
"""Texts in a run; the model's memory grows with them."""
REMEMBERED = 256
"""Runs that are memoised: a few dozen articles."""

RECOGNISER = Path(str(files("glossator"))) / "data" / "names" / "recogniser"
"""The packaged recogniser, the default model."""
OTHER_LANGUAGES = RECOGNISER.with_name("other_languages")
"""The packaged recogniser of languages without a pipeline."""
MULTILINGUAL = "names_of_other_languages"
"""The name that stands for it, where others have the name of a pipeline."""

LONGEST_CAUSE = 200
"""Characters of an error of spaCy's that are told."""

VOCABULARY = 200_000
"""Words after which a pipeline is loaded again, because it keeps every word that it has met."""


LONGEST_WORD = 400
"""Characters between white space that are read as they are: more than even addresses have."""
_LONG_WORD = re.compile(rf"(\S{{{LONGEST_WORD}}})[^\w\s]")


class LabelledSpan(NamedTuple):
    """A name that a model finds."""

    start: int
    end: int
    label: str


ModelNames = tuple[LabelledSpan, ...]
"""The names that a model finds in a text."""


class Reading(NamedTuple):
    """Output of a recogniser for a text."""

    names: ModelNames
    starts: NDArray[np.int64]
    """The beginnings of its tokens."""
    vectors: NDArray[np.float32] | None
    """The tags and vectors of its tokens in their context, of the packaged recogniser alone."""


class MissingModel(UserError):
    """The pipeline of a language is not installed or cannot be used. The message is a sentence with the remedy."""

    def __init__(self, model: str, language: str, fault: str = "") -> None:
        """Take the `fault` of a pipeline that is there: a clause such as "has no component ner"."""
        # All are in `args`, from which the exception is rebuilt when it crosses a process.
        super().__init__(model, language, fault)
        self.model = model
        self.language = language
        self.fault = fault

    def __str__(self) -> str:
        if self.fault:
            return f"The spaCy pipeline {self.model} for the language {self.language} {self.fault}: {self._remedy()}."
        what = f"The spaCy pipeline {self.model} for the language {self.language} is not installed"
        if "/" in self.model or "\\" in self.model:
            return f"{what}: there is no pipeline in that folder; name another in glossator.toml."
        return f"{what}; to install it: {installation_of(self.model, main_language(self.language))}"

    def _remedy(self) -> str:
        advised = installation(main_language(self.language))
        command = f"install one that fits ({advised})" if advised else "take another"
        return f'{command}, or leave it out with model = "" below [language.{self.language}] in glossator.toml'


class Pipeline:
    """A loaded pipeline. State: results of the latest runs, so that unchanged texts are not read again."""

    def __init__(self, nlp: Language, tables: Tables | None = None, *, keeps_vectors: bool = False) -> None:
        """Take the `tables` of the second stage; `keeps_vectors` is true for the packaged recogniser."""
        self.nlp = nlp
        self.tables = tables
        self._keeps_vectors = keeps_vectors
        self.language = str(nlp.lang)
        self._unused = [name for name in nlp.component_names if not _finds_names(nlp, name)]
        self._names_in = lru_cache(REMEMBERED)(self._find_names)

    def names(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Yield what the model makes of each text."""
        return chain.from_iterable(map(self._names_in, runs(texts)))

    def names_without(self, texts: Iterable[str], is_ordinary: Callable[[str], bool]) -> Iterator[Reading]:
        """Yield what the packaged tagger of other languages makes of each text; it may pass over ordinary words."""
        from glossator.stages.annotate.models.tagger.component import ORDINARY  # noqa: PLC0415 -- as in `load_recogniser`

        for run in runs(texts):
            docs = [self.nlp.make_doc(with_short_words(text)) for text in run]
            for doc in docs:
                doc.user_data[ORDINARY] = is_ordinary
            yield from map(self._reading, self.nlp.pipe(docs, batch_size=4 * len(docs)))

    def _find_names(self, run: tuple[str, ...]) -> tuple[Reading, ...]:
        return tuple(map(self._reading, self._pipe(run)))

    def _reading(self, doc: Doc) -> Reading:
        names = tuple(LabelledSpan(entity.start_char, entity.end_char, entity.label_) for entity in doc.ents)
        starts = doc.to_array("IDX").astype(np.int64)
        return Reading(names, starts, np.asarray(doc.tensor) if self._keeps_vectors else None)

    def _pipe(self, run: tuple[str, ...]) -> Iterator[Doc]:
        # The component for names takes a quarter of a batch at a time; so four times the size makes it take all.
        return self.nlp.pipe(map(with_short_words, run), batch_size=4 * len(run), disable=self._unused)


def with_short_words(text: str) -> str:
    """Return a text of equal length in which a space stands for one sign of each word that would take too long.

    spaCy's tokenizer takes one sign after the other from both ends of what stands between white space, and looks
    through all the rest each time.
    """
    if all(len(word) <= LONGEST_WORD for word in text.split()):
        return text
    return _LONG_WORD.sub(r"\1 ", text)


def runs(texts: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """Yield runs of neighbouring texts, which cost less if the model reads them together.

    In floating point a text's neighbours can make a difference. So the checksum of a text decides whether a run ends
    there, and a change of one text leaves the other runs as they were.
    """
    run: list[str] = []
    for text in texts:
        run.append(text)
        if len(run) == LONGEST_RUN or crc32(text.encode("utf-8", "surrogatepass")) % RUN < len(text):
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def pipeline(model: str, language: str, blas: str) -> Pipeline:
    """Return the pipeline of a model (name or path), loaded once; `blas` is NUMPY or BLIS. Raises MissingModel."""
    if len(_loaded(model, language, blas).nlp.vocab) > VOCABULARY:
        forget()
    return _loaded(model, language, blas)


def forget() -> None:
    """Let the memory of all loaded pipelines be freed; the next article loads its own again."""
    _loaded.cache_clear()


@lru_cache(maxsize=4)
def _loaded(model: str, language: str, blas: str) -> Pipeline:
    from glossator.stages.annotate.models.blas import matrix_product_of  # noqa: PLC0415

    ours = model in (DEFAULT_MODEL, MULTILINGUAL)
    if model == DEFAULT_MODEL and main_language(language) != ENGLISH:
        raise MissingModel(model, language, "knows English only")
    with matrix_product_of(blas):
        nlp = (
            load_recogniser(OTHER_LANGUAGES if model == MULTILINGUAL else RECOGNISER)
            if ours
            else _read(model, language)
        )
    return Pipeline(nlp, packaged() if nlp.lang == ENGLISH else None, keeps_vectors=ours)


def load_recogniser(folder: Path = RECOGNISER) -> Language:
    """Load the packaged recogniser."""
    # Imported here so that a build in which nothing changed does not pay half a second for it.
    import spacy  # noqa: PLC0415

    # spaCy knows the component by an entry point, if Glossator is installed; from the repository it does not.
    from glossator.stages.annotate.models.tagger import component as _  # noqa: F401, PLC0415

    return spacy.load(folder)


def _read(model: str, language: str) -> Language:
    """Load a pipeline. Raises MissingModel if it is not there, or cannot be used."""
    import spacy  # noqa: PLC0415
    from spacy.about import __version__ as version  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            # What the warning is about is told below, in a sentence.
            warnings.filterwarnings("ignore", message=r"\[W09[45]\]")
            nlp = spacy.load(model, exclude=UNUSED)
    except OSError:
        wanted = _stated_version(model)
        raise MissingModel(model, language, f"was made for spaCy {wanted}" if wanted else "") from None
    except (GlossatorError, MemoryError):
        raise  # a limit that the work on an article exceeded says nothing of the pipeline
    except Exception as error:  # noqa: BLE001 -- a pipeline of another version fails in any way
        wanted = _stated_version(model)
        fault = f"was made for spaCy {wanted}, and spaCy {version} cannot load it"
        cause = " ".join(str(error).split())[:LONGEST_CAUSE]
        raise MissingModel(model, language, fault if wanted else f"cannot be loaded ({cause})") from None
    wanted = str(nlp.meta.get("spacy_version") or "")
    if wanted and spacy.util.is_compatible_version(version, wanted) is False:
        raise MissingModel(model, language, f"was made for spaCy {wanted}, and spaCy {version} is installed")
    if "ner" not in nlp.component_names:
        raise MissingModel(model, language, "has no component `ner`, which finds names")
    return nlp


def _stated_version(model: str) -> str:
    """Return the versions of spaCy that a pipeline says it needs; empty if that cannot be read."""
    from spacy.util import get_package_path, is_package, load_meta  # noqa: PLC0415

    try:
        folder = get_package_path(model) if is_package(model) else Path(model)
        return str(load_meta(folder / "meta.json").get("spacy_version") or "")
    except (OSError, ValueError, TypeError, ImportError):  # a package may lack its module
        return ""


def _finds_names(nlp: Language, name: str) -> bool:
    """True if a component finds names, or works for the one that does, as far as it declares."""
    feeds = name in SHARED_LAYERS and "ner" in getattr(nlp.get_pipe(name), "listening_components", ("ner",))
    return feeds or name in FINDERS


_LABELS = {
    EntityType.PERSON: "PERSON PER PRS PS persName God Character",
    EntityType.ORGANISATION: """ORG OG orgName ORGANIZATION GPE_ORG Company Company_Group Corporation_Other Government
        Cabinet Military Museum Newspaper Organization_Other International_Organization Political_Organization_Other
        Political_Party Pro_Sports_Organization Public_Institution Research_Institute School Show_Organization
        Sports_League Sports_Organization_Other""",
    EntityType.PLACE: """GPE LOC LC LOCATION GPE_LOC FAC FACILITY placeName geogName Airport Amusement_Park
        Archaeological_Place_Other Bay Bridge Canal Car_Stop City Continental_Region Country County Domestic_Region
        Facility_Other Geological_Region_Other GOE_Other GPE_Other Island Lake Line_Other Location_Other Mountain Park
        Port Province Railroad Region_Other River Road Sea Spa Sports_Facility Station Theater Tumulus Tunnel
        Water_Route Worship_Place Zoo""",
    EntityType.GROUP: "NORP NAT_REL_POL Ethnic_Group_Other Nationality Religion",
    EntityType.LAW: "LAW Law Treaty",
    EntityType.WORK: "WORK_OF_ART WRK Art_Other Book Broadcast_Program Magazine Movie Music Show",
    EntityType.EVENT: """EVENT EVN EVT Conference Earthquake Event_Other Incident_Other Natural_Disaster Occasion_Other
        Religious_Festival War""",
    EntityType.PRODUCT: "PRODUCT PROD Aircraft Car Drug Product_Other Ship Spaceship Train Weapon",
}
"""Labels of OntoNotes, WikiNER, KLUE, NKJP, SUC, NorNE, RONEC and of Sekine's extended hierarchy, which GiNZA uses.

WikiNER's MISC is missing: half of it are adjectives, and its works, events and products cannot be told apart.
"""


@cache
def _types() -> dict[str, EntityType]:
    return {label.casefold(): kind for kind, labels in _LABELS.items() for label in labels.split()}


def entity_type(label: str) -> EntityType | None:
    """Return the type that a label means; None for dates, quantities and all that is no entity."""
    return _types().get(label.casefold())
