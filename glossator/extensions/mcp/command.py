"""`mcp`: the archive for a language model."""

from __future__ import annotations

import importlib.util
from contextlib import closing

import click

from glossator.cli.examples import epilog
from glossator.cli.messages import progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError
from glossator.extension_points.commands import Command

MISSING = "`glossator mcp` needs a library that is not installed: pip install 'glossator[mcp]'"


@click.command("mcp", epilog=epilog("mcp", "mcp --content ~/cuttings/content"))
@archive_options
@click.option(
    "--private",
    "reach",
    is_flag=False,
    flag_value="texts",
    type=click.Choice(["texts", "all"]),
    help="Whole texts too; with =all also what is private by itself. Whoever runs the model gets it.",
)
def mcp(options: ArchiveOptions, reach: str | None) -> None:
    """Serve the published part of the archive to a language model, by the Model Context Protocol.

    It is started by the program that asks, and answers on standard output until its input ends.
    """
    if importlib.util.find_spec("mcp") is None:
        raise SiteError(MISSING)
    from glossator.export.gather import archive_data
    from glossator.extensions.mcp.lookup import Answer, ArchiveLookup, NotInArchive
    from glossator.extensions.mcp.server import server
    from glossator.model import Problem
    from glossator.pipeline.proof.prove_drafts import Scope, forms_of, prove_drafts
    from glossator.pipeline.proof.read_drafts import STDIN, given_text
    from glossator.pipeline.review.ask import answer_data, ask
    from glossator.pipeline.review.survey import open_survey, open_whole_archive, open_whole_texts
    from glossator.proof_reports import ArticleAddresses, proof_data

    paths = options.paths()
    opened = {"texts": open_whole_texts, "all": open_whole_archive}.get(reach or "", open_survey)
    scope = Scope(public=reach != "all", whole_texts=reach == "texts")

    def prove(text: str) -> Answer:
        config = options.read_config()
        try:
            proof = prove_drafts(paths, config, [given_text(text.encode())], scope, forms)[STDIN]
        except SiteError as error:
            raise NotInArchive(f"{error.message} {error.hint}".strip()) from None
        if isinstance(proof, Problem):
            raise NotInArchive(f"The text {proof.message}.")
        return proof_data(proof, ArticleAddresses(config.site.url))

    def answer(question: str) -> Answer:
        with progress(quiet=True) as shown, opened(paths, options.read_config(), shown) as survey:
            try:
                return answer_data(ask(survey, question))
            except SiteError as error:
                raise NotInArchive(error.message) from None

    with progress(quiet=True) as shown, opened(paths, options.read_config(), shown) as survey:
        archive, forms = archive_data(survey), forms_of(survey) if reach else None
    with closing(ArchiveLookup(archive)) as lookup:
        server(archive.title, lookup, prove, answer, reach).run("stdio")


MCP = Command(contract=1, command=mcp)
