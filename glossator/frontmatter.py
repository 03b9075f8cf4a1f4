"""Front matter: the YAML between two lines of `---` at the top of a Markdown file.

Untrusted: only plain values are built, nothing may refer to anything else (aliases can grow to gigabytes), the size is
limited. Dates stay the text that they were.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml

from glossator.errors import FileError

LARGEST = 64 * 1024
"""Characters of front matter: real ones have a few hundred."""

_DEEPEST = 20
"""Levels of lists and tables: libyaml and PyYAML recurse, real front matter has two."""

_MOST_DIGITS = 100
"""Digits of a number: Python refuses to print thousands of them."""

_OPENING = re.compile(r"\ufeff?---[ \t]*(?:\r\n|\r|\n)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.MULTILINE)
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_SafeDumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON may hold as they are and YAML may not: YAML 1.2, section 5.1."""
_JSON = json.JSONEncoder(ensure_ascii=False)
_TIMESTAMP = "tag:yaml.org,2002:timestamp"


class FrontMatterError(FileError):
    """Front matter that cannot be read. `message` is a sentence with the remedy, `line` counts from 1 in the file."""

    def __init__(self, line: int, message: str) -> None:
        super().__init__(line, message)
        self.line = line
        self.message = message

    def __str__(self) -> str:
        return f"line {self.line}: {self.message}"


class _Loader(_SafeLoader):  # type: ignore[misc]  # PyYAML's C loader has no types
    """Reader of plain values only; dates stay text."""


class _Dumper(_SafeDumper):  # type: ignore[misc]
    """Writer that quotes texts which `_Loader` would not read back unchanged; dates are not among them."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002  # PyYAML calls it with the value
        return True


for _class in (_Loader, _Dumper):
    _class.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
        for first, resolvers in _class.yaml_implicit_resolvers.items()
    }


def split(text: str) -> tuple[dict[str, object], str]:
    """Split a Markdown file into its fields and its body; a file without front matter has no fields.

    Raises FrontMatterError.
    """
    block = _block(text)
    if block is None:
        return {}, text
    source, body = block
    if len(source) > LARGEST:
        raise FrontMatterError(1, f"the front matter is longer than {LARGEST // 1024} kB; move the text below it.")
    return _load(source), body


def body(text: str) -> str:
    """Return the text after the front matter, even if that is invalid."""
    block = _block(text)
    return text if block is None else block[1]


def line_of(text: str, key: str) -> int | None:
    """Return the line of a field in the front matter of a file; None if it is not found at the beginning of a line."""
    for number, line in enumerate(text[: LARGEST * 2].splitlines(), 1):
        if re.match(rf"""[\s\ufeff{{>*:#+-]*(["']?){re.escape(key)}\1\s*[:=：]""", line):
            return number
    return None


def join(fields: Mapping[str, object], body: str) -> str:
    """Compose a Markdown file that `split` takes apart into equal fields and body. Keys keep their order."""
    if not fields:
        # A body that itself begins like front matter must not become it.
        return "---\n---\n" + body if _OPENING.match(body) else body
    source = yaml.dump(
        dict(fields), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=2**31 - 1, default_flow_style=False
    )
    return f"---\n{source}---\n{body}"


def split_tolerantly(text: str) -> tuple[dict[str, object], str]:
    """Read, line by line, the fields and the body of a file whose front matter is no valid YAML.

    Clippers write `key: value` without quotes around a value that contains a colon, or with unescaped backslashes
    within quotes. Values are texts or lists of texts; lines that are neither a key nor an item are left out.
    """
    block = _block(text)
    if block is None:
        return {}, text
    source, body = block
    fields: dict[str, object] = {}
    key = ""
    for line in source[:LARGEST].splitlines():
        if item := re.match(r"\s*-\s+(.+)", line):
            if isinstance(items := fields.get(key), list):
                items.append(_plain(item[1]))
        elif pair := re.match(r"""\t?(["']?)([\w][\w .-]*+)\1\s*+:(?:\s+(.*)|$)""", line):
            key, value = pair[2].strip(), (pair[3] or "").strip()
            fields[key] = _items(value) if _is_list(value) else _plain(value) if value else []
        elif line[:1].isspace() and isinstance(text_so_far := fields.get(key), str):
            # A text of several lines; `>` and `|` announce one.
            fields[key] = f"{re.sub(r'^[>|][+-]?$', '', text_so_far)} {line.strip()}".strip()
    return {key: value or None for key, value in fields.items()}, body


def _block(text: str) -> tuple[str, str] | None:
    """Return the text between the two lines and the text after them; None if the file has no front matter."""
    if not (opening := _OPENING.match(text)):
        return None
    if not (closing := _CLOSING.search(text, opening.end())):
        # A rule on top of an ordinary text is no mistake; a key below it says that front matter was meant.
        if re.match(r"[\w-]+:(?:\s|$)", text[opening.end() :]):
            raise FrontMatterError(1, "the front matter has no end; close it with a line of three hyphens.")
        return None
    return text[opening.end() : closing.start()], text[closing.end() :]


def _load(source: str) -> dict[str, object]:
    loader = _Loader(source)
    try:
        _refuse_references(source)
        node = loader.get_single_node()
        if node is None:
            return {}
        if not isinstance(node, yaml.MappingNode):
            raise FrontMatterError(2, "the front matter is no list of fields; write each as `key: value`.")
        _refuse_unusable(node)
        fields: dict[str, object] = loader.construct_document(node)
        return fields
    except yaml.MarkedYAMLError as error:
        raise _explained(error) from None
    except yaml.YAMLError as error:
        raise FrontMatterError(1, f"the front matter cannot be read as YAML ({error}).") from None
    except ValueError as error:
        raise FrontMatterError(2, f"a value in the front matter cannot be read ({error}); put it in quotes.") from None
    finally:
        loader.dispose()


def _refuse_references(source: str) -> None:
    """Check the events before anything is built: no references, no named types, no nesting without end."""
    depth = 0
    for event in yaml.parse(source, Loader=_Loader):
        line = event.start_mark.line + 2 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise FrontMatterError(line, "anchors (&) and aliases (*) are not allowed; put the value in quotes.")
        if getattr(event, "tag", None):
            raise FrontMatterError(line, "tags (!) are not allowed; put the value in quotes.")
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            raise FrontMatterError(line, "the front matter is nested too deeply; keep to fields and lists.")


def _refuse_unusable(node: yaml.Node) -> None:
    """Refuse duplicate keys, of which PyYAML lets the last one win, keys that are no texts, and endless numbers."""
    if isinstance(node, yaml.ScalarNode):
        if node.tag == "tag:yaml.org,2002:int" and len(node.value) > _MOST_DIGITS:
            message = f"a number has more than {_MOST_DIGITS} digits; put it in quotes if it is a text."
            raise FrontMatterError(node.start_mark.line + 2, message)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            _refuse_unusable(item)
    elif isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 2
            if key.tag != "tag:yaml.org,2002:str":
                raise FrontMatterError(line, "the name of a field is no text; put it in quotes.")
            if key.value in keys:
                raise FrontMatterError(line, f"the field `{key.value}` stands there twice; remove one of them.")
            keys.add(key.value)
            _refuse_unusable(value)


def _explained(error: yaml.MarkedYAMLError) -> FrontMatterError:
    mark = error.problem_mark or error.context_mark
    what = error.problem or error.context or "it is no valid YAML"
    return FrontMatterError(
        mark.line + 2 if mark else 1,
        f"the front matter cannot be read here ({what}); put a value that contains : # or quotes in single quotes.",
    )


def _is_list(value: str) -> bool:
    return value.startswith("[") and value.endswith("]") and not value.startswith("[[")


def _items(value: str) -> list[str]:
    """Return the items of a list in one line; a comma that an odd number of quotes follows separates none."""
    pieces = value[1:-1].split('"')
    between = [piece.replace(",", "\n") if (len(pieces) - number) % 2 else piece for number, piece in enumerate(pieces)]
    return [_plain(item) for item in '"'.join(between).split("\n") if item.strip()]


def _plain(value: str) -> str:
    """Return a value without the quotes around it."""
    value = value.strip()
    for quote, escaped in (('"', '\\"'), ("'", "''")):
        if len(value) > 1 and value.startswith(quote) and value.endswith(quote):
            return value[1:-1].replace(escaped, quote)
    return value


def flow(value: object) -> str:
    """Return a plain value as YAML on one line: as JSON, of which YAML is a superset."""
    text = _JSON.encode(value)
    return _UNPRINTABLE.sub(lambda character: f"\\u{ord(character[0]):04x}", text)
