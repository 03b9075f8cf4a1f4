"""The tree of exceptions in glossator/errors.py is whole and true."""

from __future__ import annotations

import ast
import importlib
import pickle
import pkgutil
from collections.abc import Iterator

import pytest

import glossator
from glossator import errors
from glossator.check.links import LostOriginal
from glossator.config import AnotherBuild, SiteError
from glossator.errors import GlossatorError
from glossator.extension_points.lookup import UnusableExtension
from glossator.extensions.mcp.lookup import NotInArchive
from glossator.files import Unusable, Vanished
from glossator.frontmatter import FrontMatterError
from glossator.incremental.cache import DamagedRow
from glossator.incremental.workers.article_limits import LimitReached
from glossator.incremental.workers.processes import WorkerEnded
from glossator.markup.markdown_tree import TooDeep
from glossator.picture_metadata import NotShown
from glossator.pipeline.context import Overtaken
from glossator.pipeline.rendering.page_limits import PagesExceeded
from glossator.stages.annotate.models.pipelines import MissingModel
from glossator.stages.answer.read_question import WrongLine
from glossator.stages.extract.opened_file import Unreadable
from glossator.stages.render import TemplateFault

RAISED = (
    SiteError("There is no content.", "Make it."),
    AnotherBuild("It is running.", "Wait."),
    Unusable("is a link"),
    Vanished("cannot be read (no such file or directory): see that it is there and readable"),
    FrontMatterError(3, "a value cannot be read."),
    Unreadable("The file is empty.", 1),
    WrongLine('"fnd" is no key of a question: find'),
    TooDeep("is nested too deeply"),
    NotShown("is no picture"),
    MissingModel("en_core_web_sm", "en"),
    UnusableExtension("The extension gadget of gadgets 1.0 cannot be used.", "Remove it."),
    LostOriginal("leads into a private network, and was not asked"),
    NotInArchive("There is no entity “Nemo”."),
    TemplateFault("article.html", 7, "nothing is called so"),
    Overtaken(),
    PagesExceeded({}),
    DamagedRow("article"),
    LimitReached(essential=True),
    WorkerEnded(-9),
)


def defined() -> Iterator[type[BaseException]]:
    """Every exception class that a module of the package defines."""
    for module in pkgutil.walk_packages(glossator.__path__, "glossator."):
        if module.name != "glossator.__main__":
            for value in vars(importlib.import_module(module.name)).values():
                if isinstance(value, type) and issubclass(value, BaseException) and value.__module__ == module.name:
                    yield value


def drawn() -> dict[str, str]:
    """The parent of each class in the drawing, by their indentation."""
    text = ast.get_docstring(ast.parse(pkgutil.get_data("glossator", "errors.py") or b"")) or ""
    parents: dict[str, str] = {}
    above: list[tuple[int, str]] = []
    for line in text.partition("\n\n")[2].splitlines():
        name, depth = line.split()[0], len(line) - len(line.lstrip())
        above = [(other, parent) for other, parent in above if other < depth]
        parents[name] = above[-1][1] if above else "Exception"
        above.append((depth, name))
    return parents


def test_the_drawing_shows_every_exception_below_its_base() -> None:
    assert drawn() == {each.__name__: each.__bases__[0].__name__ for each in defined()}


def test_every_exception_has_the_one_root() -> None:
    assert [] == [each for each in defined() if not issubclass(each, GlossatorError)]


def test_no_module_raises_an_exception_without_a_class_of_its_own() -> None:
    """A bare `raise Exception(...)` would escape from whoever handles ours."""
    for module in pkgutil.walk_packages(glossator.__path__, "glossator."):
        path = module.name.removeprefix("glossator.").replace(".", "/") + ("/__init__.py" if module.ispkg else ".py")
        for node in ast.walk(ast.parse(pkgutil.get_data("glossator", path) or b"")):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                assert ast.unparse(node.exc.func) not in ("Exception", "BaseException"), f"{path}:{node.lineno}"


@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_an_exception_crosses_from_one_process_to_another(error: GlossatorError) -> None:
    copied = pickle.loads(pickle.dumps(error))
    assert (type(error), error.args, str(error), vars(error)) == (
        type(copied),
        copied.args,
        str(copied),
        vars(copied),
    )


def test_every_exception_that_can_be_raised_is_tried_here() -> None:
    raised = {error for error in defined() if error.__module__ != errors.__name__}
    assert raised == {type(error) for error in RAISED}
