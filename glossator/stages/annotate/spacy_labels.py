"""Labels of the spaCy pipelines -> types of entity, whichever scheme a pipeline was trained on."""

from __future__ import annotations

from functools import cache

from glossator.model import EntityType

_LABELS = {
    EntityType.PERSON: "PERSON PER PRS PS persName God Character",
    EntityType.ORGANISATION: """ORG OG orgName ORGANIZATION GPE_ORG Company Company_Group Corporation_Other Government
        Cabinet Military Museum Newspaper Organization_Other International_Organization Political_Organization_Other
        Political_Party Pro_Sports_Organization Public_Institution Research_Institute School Show_Organization
        Sports_League Sports_Organization_Other""",
    EntityType.PLACE: """GPE LOC LC LOCATION GPE_LOC FAC FACILITY placeName geogName Airport Amusement_Park
        Archaeological_Place_Other Bay Bridge Canal Car_Stop City Continental_Region Country County Domestic_Region
        Facility_Other Geological_Region_Other GOE_Other GPE_Other Island Lake Line_Other Location_Other Mountain Park
        Port Province Railroad Region_Other River Road Sea Spa Sports_Facility Station Theater Tumulus Tunnel
        Water_Route Worship_Place Zoo""",
    EntityType.GROUP: "NORP NAT_REL_POL Ethnic_Group_Other Nationality Religion",
    EntityType.LAW: "LAW Law Treaty",
    EntityType.WORK: "WORK_OF_ART WRK Art_Other Book Broadcast_Program Magazine Movie Music Show",
    EntityType.EVENT: """EVENT EVN EVT Conference Earthquake Event_Other Incident_Other Natural_Disaster Occasion_Other
        Religious_Festival War""",
    EntityType.PRODUCT: "PRODUCT PROD Aircraft Car Drug Product_Other Ship Spaceship Train Weapon",
}
"""Labels of OntoNotes, WikiNER, KLUE, NKJP, SUC, NorNE, RONEC and of Sekine's extended hierarchy, which GiNZA uses.

WikiNER's MISC is missing: half of it are adjectives, and its works, events and products cannot be told apart.
"""


@cache
def _types() -> dict[str, EntityType]:
    return {label.casefold(): kind for kind, labels in _LABELS.items() for label in labels.split()}


def entity_type(label: str) -> EntityType | None:
    """Return the type that a label means; None for dates, quantities and all that is no entity."""
    return _types().get(label.casefold())
