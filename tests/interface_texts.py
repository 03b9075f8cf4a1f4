"""The texts of the interface, as templates, scripts, style sheets and the program say them."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, nodes
from jinja2.ext import extract_from_ast

from glossator import translate
from glossator.config import SiteSettings
from glossator.content.theme import packaged

ROOT = Path(__file__).parents[1]
TEMPLATES = packaged()
PROGRAM = ROOT / "glossator/stages/plan"
EXTENSION = "jinja2.ext.i18n"
NO_TEXTS = {
    # what templates print as it is: the letters of a button, a class for Zotero, names of the program
    *("Aa", "Z3988", "Glossator", "CSV", "JSON"),
    # values of facets, which are English in the index of every site
    *("Person", "Organisation", "Place", "Group", "Law", "Work", "Event", "Product", "Name"),
    *("Article", "Entity", "Page"),
}
KEYS = {"Escape", "Shift", "Control", "Alt", "Meta"}
SHOWN_ATTRIBUTES = {"aria-label", "placeholder", "title", "alt"}
FOUND_BY_THE_CLDR = {", ", " and ", " or "}


class Text(NamedTuple):
    context: str
    one: str
    many: str
    """Plural, or empty."""
    where: str


def environment() -> Environment:
    jinja = Environment(autoescape=True, extensions=[EXTENSION], trim_blocks=True, lstrip_blocks=True)
    jinja.policies["ext.i18n.trimmed"] = True
    jinja.newstyle_gettext = True  # type: ignore[attr-defined]
    return jinja


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.glob("*.html")):
        yield path.name, path.read_text("utf-8")


def all_texts() -> list[Text]:
    """Every text that a catalogue has to have, each once."""
    found = [*of_templates(), *of_scripts(), *of_styles(), *of_program()]
    unique = {(text.context, text.one): text for text in reversed(found)}
    return [text for text in reversed(unique.values()) if text.one not in FOUND_BY_THE_CLDR]


def of_templates() -> Iterator[Text]:
    for name, source in templates():
        jinja = environment()
        for _, function, message in extract_from_ast(jinja.parse(source)):
            parts = (message,) if isinstance(message, str) else tuple(part for part in message or () if part)
            if function == "ngettext":
                yield Text("", parts[0], parts[1], name)
            elif function == "pgettext":
                yield Text(parts[0], parts[1], "", name)
            else:
                yield Text("", parts[0], "", name)
        yield from (Text("", f"%(num)s {one}", f"%(num)s {many}", name) for one, many in counted(jinja.parse(source)))


def counted(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """Nouns of the filter `count`, and those of the table `nouns`."""
    for found in tree.find_all(nodes.Filter):
        words = [argument.value for argument in found.args if isinstance(argument, nodes.Const)]
        if found.name == "count" and words:
            yield words[0], words[1] if len(words) > 1 else words[0] + "s"
    for assigned in tree.find_all(nodes.Assign):
        if isinstance(assigned.target, nodes.Name) and assigned.target.name == "nouns":
            for pair in assigned.node.find_all(nodes.Tuple):
                one, many = (item.value for item in pair.items)  # type: ignore[attr-defined]
                yield one, many


def without_comments(script: str) -> str:
    return re.sub(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", "", script, flags=re.DOTALL)


def scripts() -> Iterator[tuple[str, str]]:
    for path in sorted((TEMPLATES / "static").glob("*.js")):
        yield path.name, without_comments(path.read_text("utf-8"))


STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')


def arguments(script: str, function: str) -> Iterator[str]:
    """The text between the brackets of each call of a function."""
    for found in re.finditer(rf"\b{function}\(", script):
        depth, end = 1, found.end()
        while depth:
            depth += {"(": 1, ")": -1}.get(script[end], 0)
            end += 1
        yield script[found.end() : end - 1]


def of_scripts() -> Iterator[Text]:
    for name, script in scripts():
        for called in arguments(script, "word"):
            for text in STRING.findall(called.partition("{")[0]):
                if text != "1":
                    yield Text(translate.SCRIPT, text, "", name)
        for called in arguments(script, "amountOf"):
            for text in STRING.findall(called):
                yield Text(translate.SCRIPT, text, text + "s", name)
    # What `word` is given as a value: kinds of pages but for "Entity", which readers see as "Name", types, and what is found by name besides entities.
    for text in sorted(NO_TEXTS - {"Aa", "Z3988", "Glossator", "CSV", "JSON", "Entity"} | {"Author", "Tag", "Source"}):
        yield Text(translate.SCRIPT, text, "", "search.js")


def of_styles() -> Iterator[Text]:
    for path in sorted((TEMPLATES / "styles").rglob("*.css")):
        for found in translate.SHOWN.finditer(path.read_text("utf-8")):
            yield Text(translate.STYLE, found[2], "", path.name)


def of_program() -> Iterator[Text]:
    for path in sorted(PROGRAM.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        module = importlib.import_module(name)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "translate":
                yield from (Text("", text, "", path.name) for text in strings(node.args[1], module))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "amount":
                words = [str(argument.value) for argument in node.args[2:] if isinstance(argument, ast.Constant)]
                many = words[1] if len(words) > 1 else f"{words[0]}s"
                yield Text("", f"%(num)s {words[0]}", f"%(num)s {many}", path.name)
    defaults = SiteSettings()
    yield from (Text("", text, "", "site_wide.py") for text in (defaults.title, defaults.description))
    yield from (
        Text("", text, "", "own_texts.py")
        for text in importlib.import_module("glossator.stages.plan.parts.own_texts").ABOUT
    )


def strings(node: ast.AST, module: object) -> Iterator[str]:
    """The texts that an expression may be: constants, and those of the names that the module has."""
    for found in ast.walk(node):
        if isinstance(found, ast.Constant) and isinstance(found.value, str):
            yield found.value
        elif isinstance(found, ast.Name):
            value = getattr(module, found.id, None)
            yield from [value] if isinstance(value, str) else value.values() if isinstance(value, dict) else ()


# ---- what was forgotten --------------------------------------------------------------------------------------------


class _Shown(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.found.append(data)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if value and name in SHOWN_ATTRIBUTES]


def untranslated_in(source: str) -> list[str]:
    """The words of a template that no catalogue can translate: in its markup, and constants of its expressions."""
    bare = re.sub(
        r"\{% block policy.*?endblock %\}|\{% trans.*?endtrans %\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}",
        "",
        source,
        flags=re.DOTALL,
    )
    texts = [text.strip() for text in _Shown(bare).found]
    tree = environment().parse(source)
    named = {id(part) for call in tree.find_all(nodes.Call) for part in call.find_all(nodes.Const)}
    constants = [found.value for found in tree.find_all(nodes.Const) if id(found) not in named]
    texts += [text for text in constants if isinstance(text, str) and re.match(r"[A-Z][a-z]+", text)]
    return [text for text in texts if re.search(r"[A-Za-z]{2}", text) and text not in NO_TEXTS]


def untranslated_in_script(script: str) -> list[str]:
    """The texts of a script that look like sentences, outside of calls that translate them."""
    for function in ("word", "amountOf"):
        for called in arguments(script, function):
            script = script.replace(f"{function}({called})", "")
    templates = (re.sub(r"\$\{(?:[^{}]|\{[^{}]*\})*\}", "", text) for text in re.findall(r"`([^`]*)`", script))
    sentences = (
        text
        for text in (*STRING.findall(script), *templates)
        if re.match(r"[A-Z][a-z]+( [a-z]|$)|[a-z]+ [a-z]+ [a-z]+$|(in|of|or|and) $", text)
    )
    return [text for text in sentences if text not in NO_TEXTS | KEYS | {"Author", "Tag", "Source"}]
