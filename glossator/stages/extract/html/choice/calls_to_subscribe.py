"""Lines that sites add to every article: labels above links, and calls to subscribe, follow, or pay.

By folds they bring .0004 of F1 on articles, and .0025 on the set of news: the judge learns them no better.
"""

from __future__ import annotations

import re

from glossator.stages.extract.html.choice.page_outline import Outline, PagePassage

LABEL = re.compile(
    r"\W*(?:read (?:more|next|also)|see more|related(?: (?:articles?|news|stories|posts|content))?|"
    r"you (?:may|might) (?:also )?like|don.t miss|more (?:on this|from|like this)|recommended(?: for you)?|trending|"
    r"(?:add|post|leave|write) a comment|post comment|show caption|image \d+ (?:of|/) \d+|"
    r"share this(?: article| story)?|media playback is (?:un|not )supported on (?:your|this) device|"
    r"advertisements?|scroll to continue|(?:coming )?up next|watch next|next up|now playing|"
    r"(?:story|article) continues (?:below|after)(?: (?:this |the )?ad(?:vertisement|vert)?)?|"
    r"anzeige|werbung|weiterlesen|mehr zum thema|lesen sie auch|das könnte sie auch interessieren|"
    r"publicité|(?:à )?lire aussi|à lire également|"
    r"publicidad|lee también|te puede interesar|publicidade|leia (?:mais|também)|"
    r"pubblicità|leggi anche|potrebbe interessarti|advertentie|lees ook)\W*",
    re.IGNORECASE,
)
"""Line that a site puts into any article."""
_CALL = re.compile(
    r"\W*(?:"
    r"(?:please )?(?:sign up|subscribe|register) (?:now |today |here |below |free )?(?:to|for|now|today|here|and)\b|"
    r"(?:get|have) (?:the|our) (?:latest|best|top|daily|weekly|free|news)\b.*"
    r"\b(?:inbox|e-?mail|newsletter|delivered)\b|"
    r"(?:let|want) .*\b(?:your|to your) inbox\b|"
    r"click here to (?:get the .*app|subscribe|sign|join)\b|download (?:the|our) .*\bapp\b|"
    r"(?:have|got) a (?:tip|story)\b|"
    r"(?:you can )?follow (?:us|him|her|them|me|[\w. ]{3,30}) on (?:twitter|facebook|instagram|x|bluesky|mastodon)\b|"
    r"e-?mail [\w. ]{3,30} at \S+@|"
    r"as an amazon associate|(?:this|our) (?:post|article|page|site)s? (?:may )?contains? affiliate|"
    r"jetzt abonnieren|abonnieren sie|melden sie sich .*newsletter|"
    r"inscrivez-vous|abonnez-vous|suscríbete|suscríbase|assine\b|iscriviti"
    r")",
    re.IGNORECASE,
)
_LETTERS = frozenset(("newsletter", "newsletters", "inbox"))
"""Words without which no line calls to subscribe in a later sentence."""
_LATER_CALL = re.compile(
    r"(?:^|[.!?…]\s+|\b(?:should|can|please) )(?:sign up|subscribe|join)\b[^.!?]{0,60}\b(?:our|my|the|this)\b"
    r"[^.!?,]{0,40}\bnewsletters?\b(?=\W*$|\s*[.!?]|\s+(?:here|now|today|below|to|for)\b)|"
    r"(?:^|[.!?…]\s+)(?:sign up|subscribe|join|get|receive|have)\b[^.!?]{0,80}\b(?:to|in|into) your inbox\b",
    re.IGNORECASE,
)
"""Sentence that asks to subscribe; a sentence that only speaks of letters goes on otherwise."""
_LONGEST = 400
"""Characters of a call at most."""
_LONGEST_LATER = 250
"""Characters of a passage at most that leads to a form, and asks to subscribe in any of its sentences."""
_LINKED = 0.5
"""Share of links in a passage's text above which it leads elsewhere."""


def without_calls(page: Outline, chosen: list[int]) -> list[int]:
    """Remove such lines, and the links below a label, from the indices of passages."""
    remaining: list[int] = []
    below = False
    for index in chosen:
        passage = page.passages[index]
        if LABEL.fullmatch(passage.text):
            below = True
            continue
        below = below and passage.linked > _LINKED * len(passage.text)
        if not below and not _is_call(passage):
            remaining.append(index)
    return remaining


def _is_call(passage: PagePassage) -> bool:
    """True if a short passage begins with a call, or asks in one of its sentences to subscribe to letters."""
    if len(passage.text) > _LONGEST:
        return False
    if _CALL.match(passage.text):
        return True
    asks = not _LETTERS.isdisjoint(passage.tokens) and _LATER_CALL.search(passage.text) is not None
    return asks and len(passage.text) <= _LONGEST_LATER and passage.linked > 0
