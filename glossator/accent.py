"""The accent that the settings choose: mended until it can be read on the paper of the theme, by day and by night."""

from __future__ import annotations

import colorsys
import re
from typing import NamedTuple

READABLE = 4.5
"""Contrast that text of usual size needs (WCAG 2.2, 1.4.3)."""
PAPERS = ("#efedea", "#262422")
"""Surfaces of our own theme by day and by night on which a text in the accent is hardest to read."""
_HEX = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_PAPER = re.compile(rb"--paper:\s*light-dark\(\s*(#[0-9a-fA-F]{3,6})\s*,\s*(#[0-9a-fA-F]{3,6})\s*\)")


class Accent(NamedTuple):
    style: bytes
    """Rule of a style sheet."""
    notice: str
    """Sentence on what was mended; empty if nothing was."""


def colours_of(accent: str) -> tuple[str, ...] | None:
    """Return the one or two colours of a setting, each as #rrggbb; None if it is neither."""
    texts = accent.split()
    if len(texts) not in (1, 2) or not all(map(_HEX.fullmatch, texts)):
        return None
    return tuple(_long(text) for text in texts)


def accent_style(accent: str, styles: bytes) -> Accent:
    """Return the accent as a rule; `styles` is the joined style sheet of the theme, which may state its paper.

    One colour stands for day and night.
    """
    chosen = colours_of(accent) or ()
    stated = [tuple(_long(colour.decode()) for colour in papers) for papers in _PAPER.findall(styles)]
    changes, used = [], []
    for time, colour, paper in zip(("day", "night"), (chosen[0], chosen[-1]), (stated or [PAPERS])[-1], strict=True):
        mended = readable(colour, paper)
        used.append(mended)
        if mended != colour:
            how = "darkened" if luminance(mended) < luminance(colour) else "lightened"
            changes.append(
                f"{colour} has a contrast of {contrast(colour, paper):.1f} : 1 by {time}, so it is {how} to {mended}"
            )
    notice = (
        f'[site] accent: {"; ".join(changes)}. Write accent = "{" ".join(used)}" to keep these, or others'
        if changes
        else ""
    )
    return Accent(f":root {{\n--accent: light-dark({', '.join(used)});\n}}\n".encode(), notice)


def readable(colour: str, paper: str) -> str:
    """Return the nearest darker or lighter shade of a colour whose contrast to the paper is READABLE."""
    hue, light, saturation = colorsys.rgb_to_hls(*_channels(colour))
    step = 1 / 255 if luminance(paper) < luminance("#808080") else -1 / 255
    while contrast(colour, paper) < READABLE and 0 <= light <= 1:
        light += step
        shade = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), saturation)
        colour = "#" + "".join(f"{round(channel * 255):02x}" for channel in shade)
    return colour


def contrast(first: str, second: str) -> float:
    """Return the ratio of contrast of two colours, from 1 to 21, as WCAG defines it."""
    darker, lighter = sorted((luminance(first), luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of a colour, from 0 to 1, as WCAG defines it."""
    linear = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in _channels(colour)
    )
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour[1:])
    return red / 255, green / 255, blue / 255


def _long(colour: str) -> str:
    """Return #rgb as #rrggbb."""
    digits = colour[1:].lower()
    return "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
