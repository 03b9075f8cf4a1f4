"""The words of a page round its article, as they are left over in a text copy: one list for each kind of line."""

from __future__ import annotations

import re


def _whole(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{'|'.join(phrases)})\W*", re.IGNORECASE)


TAIL = _whole(
    r"related(?: (?:articles?|stories|news|content|topics|links|posts))?",
    r"more (?:from|on|in|stories|news|like this|about)\b.{0,50}",
    r"(?:most|also) (?:read|popular|viewed|shared)(?: now| today)?",
    r"(?:read|up|watch) next|trending(?: now)?|top stories"
    r"|latest(?: news| stories| headlines)?|recommended(?: for you)?",
    r"you (?:may|might) also (?:like|be interested in).{0,20}|(?:don't|don’t) miss|(?:also )?in (?:other"
    r"|the) news|editors?['’]s? picks?",
    r"(?:(?:\d+|no) )?comments?(?: \(\d+\)| are closed.{0,90})?|\d+ thoughts? on .{5,150}|leave a (?:comment"
    r"|reply)|join the (?:conversation|discussion)|sponsored.{0,20}",
    r"newsletters?|about the authors?|topics|tags|categories"
    r"|previous (?:article|post).{0,80}|next (?:article|post).{0,80}",
    r"mehr zum thema|das könnte (?:sie|dich) auch interessieren|meistgelesen|weitere (?:artikel|meldungen|nachrichten)",
    r"(?:\d+ )?kommentare?|verwandte (?:artikel|themen)|zur startseite|schlagwörter",
    r"(?:noticias|artículos) relacionad[oa]s|lo más (?:leído|visto)"
    r"|te puede interesar|más (?:noticias|leídas)|comentarios",
)
"""Opens a part of the page that is no longer the article."""

LEGAL = re.compile(
    r"\W*(?:©|\(c\) ?(?:19|20)\d\d|copyright\b|all rights reserved|alle rechte vorbehalten|todos los derechos"
    r"|(?:terms of (?:use|service)|privacy policy|impressum|datenschutz|aviso legal)\b(?=.{0,60}$))",
    re.IGNORECASE,
)

CONTROL = _whole(
    r"share(?: (?:this|on|to|via|by|article|story)\b.{0,40})?|tweet"
    r"|e-?mail(?: this)?|print(?: this)?|save(?: article)?|copy link|link copied",
    r"facebook|twitter|x|pocket|flipboard|whatsapp|linkedin|pinterest|reddit|telegram|instagram|youtube"
    r"|bluesky|mastodon",
    r"(?:follow|like|find) us(?: on)?\b.{0,40}|advertisements?"
    r"|ad|story continues below.{0,20}|article continues.{0,30}",
    r"skip to (?:main )?(?:content|navigation)|menu|search|log ?in"
    r"|sign (?:in|up|out)|register|subscribe(?: now| today)?",
    r"close|open|play|pause|mute|listen(?: to (?:this )?article)?.{0,15}|watch(?: live| now)?|live|loading|gallery",
    r"(?:\d+:)?\d{1,2}:\d\d(?: ?/ ?(?:\d+:)?\d{1,2}:\d\d)?"
    r"|\d+ ?min(?:ute)?s?(?: read)?|read(?:ing time)? ?:? ?\d+ min\w*",
    r"(?:image|photo|slide) \d+ (?:of|/).{0,8}|(?:media |image )?captions?|image copyright.{0,40}|hide caption"
    r"|no,? thanks",
    r"sharing is caring|older posts?|newer posts?|see all newsletters"
    r"|(?:the )?link (?:has been )?copied.{0,20}|get started",
    r"back to top|top|home(?:page)?|read more|show more|load more|view all|see all|continue reading|click here.{0,40}",
    r"accept(?: all)?(?: cookies)?|reject(?: all)?|manage (?:cookies|preferences)|cookie (?:policy|settings)|ok|donate",
    r"teilen|drucken|merken|anzeige|werbung|anmelden|abonnieren|suche|menü|schließen|vorlesen|weiterlesen|startseite",
    r"compartir|imprimir|publicidad|iniciar sesión|suscríbe\w+|buscar|menú|cerrar|escuchar|inicio|leer más",
    r"[a-z] ?[a-z]? ?a[+-]?|[‹›«»×✕…<>|/+–—=*_.\s-]+",
)
"""Buttons, players, adverts, links of navigation."""

APPEAL = re.compile(
    r"\b(?:(?:we|our partners|this (?:web)?site|diese (?:web)?seite|wir"
    r"|este sitio) (?:uses?|verwende[nt]|nutz(?:en|t)|usa|utiliza) cookies"
    r"|(?:sign up|subscribe|register)\b.{0,60}\b(?:newsletter|inbox|e-?mail|briefing|free|unlimited|alerts?|updates)"
    r"|(?:already a|become a|for) (?:subscriber|member)s?\b"
    r"|enter your e-?mail|support (?:our|independent|quality) journalism"
    r"|(?:enable|turn on) javascript|unsubscribe at any time"
    r"|get .{0,40} (?:in|to) your inbox|newsletter (?:abonnieren|bestellen)"
    r"|abonnieren sie|suscríb[ae]\w* (?:a|al) )",
    re.IGNORECASE,
)
"""Sentences that ask the reader for something, and so look like prose."""
COOKIES = re.compile(
    r"\W*(?:we|our partners|this (?:web)?site|wir|diese (?:web)?seite|este sitio)\b.{0,40}\bcookies\b", re.IGNORECASE
)
"""Begins a notice on cookies, of whatever length."""
LONGEST_APPEAL = 40
"""Words: a longer paragraph that speaks of newsletters is the article's own."""

TEASER = re.compile(
    r"\W*(?:read(?: more| also| next)?|also read|see(?: also)?"
    r"|related(?: article| story)?|more(?: on this)?|watch|don['’]t miss"
    r"|lesen sie (?:auch|mehr)|mehr dazu|siehe auch|lea también"
    r"|le puede interesar|ver también)\s*[:|»›>–—]\s*(?P<headline>\S.+)",
    re.IGNORECASE,
)
"""Leads from within the text to another article."""

CREDIT = re.compile(
    r"\(?(?:photo(?:graph)?s?|image|picture|illustration|credit|foto"
    r"|bild|video)(?: credits?| courtesy(?: of)?| by)?\s*[:©/].{2,80}"
    r"|(?:photo(?:graph)?|illustration|image) by .{2,60}"
    r"|.{2,60}\b(?:/|via )(?:ap|afp|getty(?: images)?|reuters|epa|dpa|efe)\W*",
    re.IGNORECASE,
)
CAPTION = re.compile(
    r".+[.!?)\]”\s]\s*[\[(]?(?:(?:photo(?:graph)?|image|picture"
    r"|credit|foto|bild)\s*(?:credit|by)?\s*:|©)[^.]{2,60}\.?[\])]?"
    r"|.+[\[(][^()]{2,50}(?:/|via )(?:ap|afp|getty(?: images)?|reuters|epa|dpa|efe)\b[^()]*[\])]",
    re.IGNORECASE,
)
"""Whose a picture is, alone or at the end of what it shows."""
