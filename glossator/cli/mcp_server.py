"""`mcp`: the archive for programs that speak the Model Context Protocol."""

from __future__ import annotations

import importlib.util
from contextlib import closing

import click

from glossator.cli.messages import progress
from glossator.cli.options import ArchiveOptions, archive_options
from glossator.config import SiteError

MISSING = "`glossator mcp` needs a library that is not installed: pip install 'glossator[mcp]'"


@click.command("mcp")
@archive_options
def mcp(options: ArchiveOptions) -> None:
    """Serve the published part of the archive to a language model, by the Model Context Protocol.

    It is started by the program that asks, and answers on standard output until its input ends.
    """
    if importlib.util.find_spec("mcp") is None:
        raise SiteError(MISSING)
    from glossator.export.gather import archive_data
    from glossator.export.lookup import Answer, ArchiveLookup, NotInArchive
    from glossator.export.mcp_server import server
    from glossator.model import Problem
    from glossator.pipeline.proof import Scope, prove_drafts
    from glossator.pipeline.read_drafts import STDIN, given_text
    from glossator.pipeline.review.propose_decisions import open_survey
    from glossator.proof_reports import ArticleAddresses, proof_data

    paths = options.paths()

    def prove(text: str) -> Answer:
        config = options.read_config()
        try:
            found = prove_drafts(paths, config, [given_text(text.encode())], Scope(public=True))[STDIN]
        except SiteError as error:
            raise NotInArchive(f"{error.message} {error.hint}".strip()) from None
        if isinstance(found, Problem):
            raise NotInArchive(f"The text {found.message}.")
        return proof_data(found, ArticleAddresses(config.site.url))

    with progress(quiet=True) as shown, open_survey(paths, options.read_config(), shown) as survey:
        archive = archive_data(survey)
    with closing(ArchiveLookup(archive)) as lookup:
        server(archive.title, lookup, prove).run("stdio")
