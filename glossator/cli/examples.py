"""Two examples of each command, which its `--help` ends with."""

from __future__ import annotations

import click

EXAMPLES: dict[str, tuple[str, str]] = {
    "open": ("open ~/Downloads/saved-pages", "open page.html clipping.md --no-browser"),
    "init": ("init ~/cuttings", 'init ~/cuttings --title "Harbour" --rights excerpt'),
    "add": ("add ~/Downloads/saved-pages", "add page.html export.zip"),
    "serve": ("serve --open", "serve --inbox --port 9000"),
    "build": ("build", "build --reconvert --profile"),
    "entity": ("entity list --type person", "entity review"),
    "explain": ("explain articles/harbour.md", "explain --names site/entities/petra-lindqvar.html"),
    "check": ("check", "check --claims --json"),
    "publish": ("publish --dry-run", "publish --to origin --yes"),
    "export": ("export page harbour --to harbour.html", "export bibtex --to harbour.bib --tag harbour"),
    "convert": ("convert page.html --to markdown", "convert page.html --explain"),
    "annotate": ("annotate text.md", "annotate text.md --format json"),
    "ask": ('ask find=quotations of="Petra Lindqvar"', "ask find=dates since=2024 order=oldest --json"),
    "proof": ("proof draft.md", "proof draft.docx --format html --to proof.html"),
    "entity list": ("entity list --type person", "entity list --origin person --json"),
    "entity show": ('entity show "Petra Lindqvar"', "entity show Corvane --why"),
    "entity review": ("entity review", "entity review --since"),
    "entity ignore": ('entity ignore "Rope Street"', "entity ignore May --in harbour --yes"),
    "entity private": ('entity private "Tom Ferris"', 'entity private "Tom Ferris" --dry-run'),
    "entity confirm": ('entity confirm "Petra Lindqvar"', "entity confirm Corvane --yes"),
    "entity rename": ('entity rename SDU "Dockworkers’ Union"', 'entity rename sdu "Dockworkers’ Union" --dry-run'),
    "entity retype": ('entity retype "Aurelia Bay" product', "entity retype Corvane organisation --yes"),
    "entity merge": ('entity merge "Corvane Lines" Corvane', 'entity merge "Corvane Lines" Corvane CL --yes'),
    "entity not-the-same": (
        'entity not-the-same "Hanna Velling" "Tobias Velling"',
        'entity not-the-same Velling "Tobias Velling" --dry-run',
    ),
    "entity split": (
        'entity split Velling --as "Tobias Velling" --in harbour',
        'entity split "Aurelia" --as "Aurelia (ship)"',
    ),
    "entity note": ('entity note "Petra Lindqvar"', 'entity note Corvane "Sold in 2024." --yes'),
    "entity undo": ("entity undo", "entity undo --dry-run"),
}


def epilog(*examples: str) -> str:
    """Return the end of a command's help: examples, each without the name of the program."""
    lines = "\n".join(f"  glossator {example}" for example in examples)
    return f"\b\nExamples:\n{lines}"


def with_examples(command: click.Command, name: str) -> click.Command:
    """Return a command whose help ends with its examples; `name` is what a person types."""
    if name in EXAMPLES:
        command.epilog = epilog(*EXAMPLES[name])
    return command
