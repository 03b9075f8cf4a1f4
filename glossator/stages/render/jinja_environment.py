"""Templates and words -> Jinja2's environment, with what it compiled in earlier builds."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from contextlib import suppress
from functools import lru_cache

import msgspec
from jinja2 import BytecodeCache, Environment, FunctionLoader, StrictUndefined
from jinja2.bccache import Bucket

from glossator.model import Messages
from glossator.stages.render.faster_templates import FastEnvironment
from glossator.stages.render.template_words import EXTENSION, add_words, lone_blocks
from glossator.views.metadata import coins, linked_data

ENGLISH = Messages()
FAST_PATH = True
"""True if templates are compiled and text is escaped through private interfaces of Jinja2 and markupsafe.

The plain path gives the same pages.
"""


class _Compiled(BytecodeCache):
    """Compiled templates of earlier builds. State: `new` are those that had to be compiled now."""

    def __init__(self, known: Mapping[str, bytes], prefix: str = "") -> None:
        self.known, self.prefix, self.new = known, prefix, dict[str, bytes]()

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        return self.prefix + super().get_cache_key(name, filename)

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(zlib.error):  # a damaged row counts as absent
            if row := self.known.get(bucket.key):
                bucket.bytecode_from_string(zlib.decompress(row))

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.new[bucket.key] = zlib.compress(bucket.bytecode_to_string())


def environment(
    templates: Mapping[str, str], known: Mapping[str, bytes] | None = None, words: Messages = ENGLISH
) -> Environment:
    """Return Jinja2 with these templates (name -> source) and a few filters that only format their input.

    `known` is what `compiled` returned for these templates and these `words` before, with unchanged code of ours and of
    Jinja2.
    """
    jinja = _environment(tuple(sorted(templates.items())), FAST_PATH, words)
    if jinja.bytecode_cache is None:
        jinja.bytecode_cache = _Compiled(known or {})
        if isinstance(jinja, FastEnvironment) and jinja.careful:
            jinja.careful.bytecode_cache = _Compiled(known or {}, "careful ")
    return jinja


def compiled(environment: Environment) -> Mapping[str, bytes]:
    """Return the templates that had to be compiled, to be stored for the next build."""
    careful = environment.careful if isinstance(environment, FastEnvironment) else None
    caches = (jinja.bytecode_cache for jinja in (environment, careful) if jinja)
    return {key: row for cache in caches if isinstance(cache, _Compiled) for key, row in cache.new.items()}


@lru_cache(maxsize=2)
def _environment(sources: tuple[tuple[str, str], ...], fast: bool, words: Messages) -> Environment:
    """Build the environment once for a theme: it keeps what Jinja2 compiled."""
    templates = dict(sources)
    jinja = (FastEnvironment if fast else Environment)(
        # DictLoader calls every file "<template>": errors would lose the name.
        loader=FunctionLoader(lambda name: (templates[name], name, None) if name in templates else None),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=[EXTENSION],
    )
    if isinstance(jinja, FastEnvironment):
        jinja.words, jinja.lone = words, lone_blocks(templates.values())
    del jinja.globals["lipsum"], jinja.filters["random"]  # they are random: a page would not have the same bytes twice
    add_words(jinja, words)
    jinja.filters |= {"linked_data": linked_data, "coins": coins}
    jinja.policies |= {"json.dumps_function": _json, "json.dumps_kwargs": {}}
    if isinstance(jinja, FastEnvironment):
        jinja.add_careful()
    return jinja


def _json(value: object) -> str:
    try:
        return msgspec.json.encode(value, order="sorted").decode()
    except UnicodeEncodeError:  # half a character, which JSON can only escape
        return json.dumps(value, sort_keys=True)
