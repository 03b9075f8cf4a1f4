"""What the documentation says of the data that templates see, made from the classes themselves.

`make generated` writes the tables of docs/pages/template-data.md with it.
"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import Struct, structs

from glossator import views

PAGE = Path(__file__).resolve().parents[1] / "docs/pages/template-data.md"


def classes() -> list[type[Any]]:
    """Return the classes of `page` and `site` first, then those of their parts, each group in alphabetical order."""
    every = [getattr(views, name) for name in views.__all__]
    found = [one for one in every if inspect.isclass(one) and issubclass(one, Struct)]
    return sorted(found, key=lambda one: (not one.__name__.endswith("Page"), one.__name__ != "Site", one.__name__))


def meanings(view: type[Any]) -> dict[str, str]:
    """Return the docstring of each field of a class that has one."""
    (tree,) = ast.parse(inspect.getsource(view)).body
    assert isinstance(tree, ast.ClassDef)
    told: dict[str, str] = {}
    for statement, following in zip(tree.body, [*tree.body[1:], None], strict=True):
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            text = (
                isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant) and following.value.value
            )
            told[statement.target.id] = " ".join(str(text or "").split())
    return told


def tables() -> Iterator[str]:
    """Yield the section of each class: its name, what it is, and a row for each field."""
    for view in classes():
        rows = [
            f"| `{field.name}` | `{kind(view.__annotations__[field.name])}` | {meanings(view)[field.name]} |"
            for field in structs.fields(view)
        ]
        about = inspect.cleandoc(view.__doc__ or "")
        described = f"{about}\n\n" if about else ""
        yield f"### {view.__name__}\n\n{described}| field | type | meaning |\n|---|---|---|\n" + "\n".join(rows)


def kind(annotation: str) -> str:
    """Return a type as a table can hold it."""
    plain = re.sub(r"tuple\[(\w+), \.\.\.\]", r"list of \1", annotation)
    return plain.replace(", ...", "").replace(" | ", " or ")


if __name__ == "__main__":
    text = PAGE.read_text("utf-8")
    PAGE.write_text(text[: text.index("### ")] + "\n\n".join(tables()) + "\n", "utf-8")
