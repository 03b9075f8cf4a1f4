"""The files of the site as the preview serves them: pages with its scripts, and no hidden file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tornado import web

from glossator.files import Unusable, read_bytes
from glossator.serve import corrections
from glossator.serve.corrections import Corrections
from glossator.serve.request_guard import PREFIX, PreviewHandler
from glossator.site_paths import NOT_FOUND
from glossator.text import digest

HEAD_END = b"</head>"
ADDED = (
    f'<link rel="stylesheet" href="{PREFIX}preview.css">'
    # Before livereload's script, which looks for plugins when it starts.
    f'<script src="{PREFIX}preview.js" data-digest="%s" defer></script>'
    '<script src="/livereload.js" defer></script>'
)


class SiteHandler(PreviewHandler, web.StaticFileHandler):
    """Files of the site, except hidden ones. Each is read whole at once, because a build may replace it meanwhile."""

    corrections_head = b""

    @classmethod
    def with_corrections(cls, shared: Corrections) -> type[SiteHandler]:
        """Create a handler that adds the controls for decisions to each page."""
        return type("CorrectionsSiteHandler", (cls,), {"corrections_head": corrections.head(shared)})

    async def get(self, path: str, include_body: bool = True) -> None:  # noqa: ARG002 -- tornado leaves out the body of HEAD
        if "\0" in path:
            raise web.HTTPError(404)  # the system would refuse to look for it
        self.path = self.parse_url_path(path)
        requested = self.get_absolute_path(self.root, self.path)
        self.absolute_path = self.validate_absolute_path(self.root, requested) or ""
        if not self.absolute_path:
            return  # redirected to the address of the folder
        try:
            content = read_bytes(Path(self.absolute_path))
        except Unusable:
            raise web.HTTPError(404) from None
        self.set_header("Content-Type", self.get_content_type())
        self.finish(self._with_scripts(content) if self.absolute_path.endswith(".html") else content)

    def validate_absolute_path(self, root: str, absolute_path: str) -> str | None:
        if any(part.startswith(".") for part in Path(absolute_path).relative_to(root).parts):
            raise web.HTTPError(404)
        return super().validate_absolute_path(root, absolute_path)

    def compute_etag(self) -> None:
        """Return none, because tornado would never update the etag of a file's first version."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        try:
            page = read_bytes(Path(self.root) / NOT_FOUND) if status_code == 404 else b""
        except Unusable:
            page = b""
        if page:
            self.finish(self._with_scripts(page))
        else:
            super().write_error(status_code, **kwargs)

    def _with_scripts(self, page: bytes) -> bytes:
        """Add the scripts to a page, as links to files, because the page's policy forbids inline scripts."""
        return page.replace(HEAD_END, (ADDED % digest(page)).encode() + self.corrections_head + HEAD_END, 1)
