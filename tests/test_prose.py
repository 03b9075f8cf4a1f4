"""The rules of prose in CONTRIBUTING that a program can hold: what docstrings begin with, and words that no name bears."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "glossator"

LEANING = re.compile(
    r"(The same|Theirs|Such|Those|These|This|That|It|Its|They|Of|Whether|Where|What|Who|Whom|Whose|How|When|If|For|In|On|"
    r"At|With|Without|Under|By|From|To|As|Nothing|Nobody)\b"
)
"""A docstring that begins so leans on its place in the file, or has no noun or verb in front."""
POINTING = re.compile(
    r"\b(theirs|those who|he who|whoever|hereof|thereof)\b|, for (it|they|there|no|nobody|nothing|what|whoever|that)\b"
)
"""Words that point at something outside the docstring, and the conjunction "for"."""
METAPHORS = frozenset(
    "desk press room rooms stock sketch handover shelf leaf leaves sheet standing ground telling borrowed kit twins".split()
)
"""Words that stood for parts of the program and mean nothing to a person who knows the field."""
VERBS = frozenset(
    """
    accept listen reload add adopt advance align allow annotate answer append apply ask assemble assert assign attach await begin bind
    block break bring build cache calculate call cancel canonicalise change check choose classify clean clear close
    cluster collapse collect combine compare compile complete compose compute concatenate configure connect contain
    convert copy correct count create cut decide declare decode decompress delete derive describe detect determine digest
    discard display distribute divide do document download drop edit embed empty encode end enter enumerate escape
    estimate evaluate exclude execute expand explain export express extend extract fail fetch fill filter find finish
    fix flag fold follow forget format free gather generate get give give group guess handle hash hold identify ignore
    import include index indicate insert inspect install interpret introduce invalidate iterate join judge keep label lay
    lead leave let limit link list load locate lock log look lower make map mark match measure memoise mend merge migrate
    move name narrow normalise notice number offer open order pack pad pair parse part partition pass paste pick place
    plan point prefer prepare prepend print process produce propagate propose prune publish pull push put raise rank read
    rebuild recognise record recover redirect reduce refuse register reject relate release remember remove rename render
    repair repeat replace report request require reserve reset resolve restore return reverse rewrite round run sample
    save say scan schedule score search select send separate serve set shift shorten show shut sign skip slice sort spell
    split stage start state stop store stream strip suggest sum supply swap take tell test tidy time tokenise trace
    track transform translate traverse treat trim try turn undo unfold unite unpack unwrap update upgrade use validate
    verify visit vote wait walk warn watch weigh widen work wrap write yield
    """.split()
)
"""Verbs that a function's docstring may begin with; extend the list where a good verb is missing."""


@dataclass(frozen=True)
class Docstring:
    path: str
    line: int
    node: ast.AST
    text: str

    @property
    def where(self) -> str:
        return f"{self.path}:{self.line}: {self.text.splitlines()[0][:90]}"


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    files = sorted(PACKAGE.rglob("*.py"))
    return tuple((file.relative_to(ROOT).as_posix(), ast.parse(file.read_text("utf-8"))) for file in files)


@cache
def docstrings() -> tuple[Docstring, ...]:
    """Every docstring: of modules, classes and functions, and of what is assigned just above one."""
    return tuple(_docstrings())


def _docstrings() -> Iterator[Docstring]:
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
                if text := ast.get_docstring(node):
                    yield Docstring(path, node.body[0].lineno, node, text)
                for above, below in zip(node.body, node.body[1:], strict=False):
                    if isinstance(above, ast.Assign | ast.AnnAssign) and _is_text(below):
                        yield Docstring(path, below.lineno, above, below.value.value)  # type: ignore[attr-defined]


def _is_text(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def test_a_docstring_stands_by_itself() -> None:
    assert [] == [one.where for one in docstrings() if LEANING.match(one.text) or POINTING.search(one.text)]


def test_a_docstring_is_about_one_name() -> None:
    several = (
        one.where
        for one in docstrings()
        if isinstance(one.node, ast.Assign)
        and (len(one.node.targets) > 1 or isinstance(one.node.targets[0], ast.Tuple))
    )
    assert [] == list(several)


def test_the_docstring_of_a_function_begins_with_a_verb() -> None:
    assert [] == [one.where for one in docstrings() if isinstance(one.node, ast.FunctionDef) and not _verbal(one)]


def _verbal(docstring: Docstring) -> bool:
    node = docstring.node
    assert isinstance(node, ast.FunctionDef)
    decorators = {ast.unparse(one).split(".")[-1] for one in node.decorator_list}
    if node.returns is not None and ast.unparse(node.returns) == "bool":
        return docstring.text.startswith("True if ")
    first = re.split(r"\W", docstring.text, maxsplit=1)[0].lower()
    return bool(decorators & {"property", "cached_property"}) or bool(_is_verb_option(decorators)) or first in VERBS


def _is_verb_option(decorators: set[str]) -> set[str]:
    """A verb of the command line speaks to its user, who has read the verb already."""
    return {one for one in decorators if one.startswith("command")}


def test_a_public_function_of_several_parameters_has_a_docstring() -> None:
    bare = []
    for path, tree in modules():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                given = [*node.args.args, *node.args.kwonlyargs]
                if len(given) >= 3 and not ast.get_docstring(node):
                    bare.append(f"{path}:{node.lineno}: {node.name}")
    assert [] == bare


def test_no_class_name_is_defined_twice() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path)
    assert {} == {name: paths for name, paths in found.items() if len(paths) > 1}


def test_no_name_is_a_private_metaphor() -> None:
    found = set()
    for path, tree in modules():
        for node in ast.walk(tree):
            for name in _names(node):
                if METAPHORS & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_")):
                    found.add(f"{path}: {name}")
    assert [] == sorted(found)


def _names(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ClassDef | ast.FunctionDef):
        yield node.name
    elif isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
