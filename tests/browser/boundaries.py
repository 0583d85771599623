"""The pages of boundaries: the list, the upload with and without faults, and the verbs."""

import json

from tests.browser.deeds import FIRST_DAY, GO_THROUGH
from tests.browser.steps import State, Step, missing

CORNERS = [(17.9, 59.4), (17.92, 59.4), (17.92, 59.41), (17.9, 59.41), (17.9, 59.4)]


def file(*names: str) -> str:
    """Squares side by side, one with each name."""
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[lon + 0.02 * at, lat] for lon, lat in CORNERS]],
            },
        }
        for at, name in enumerate(names)
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def loaded(*names: str) -> tuple[Step, ...]:
    return (
        ("följ", "Läs in gränser", ""),
        ("bifoga", "Fil", file(*names)),
        ("fyll", "Källa", "Provkartan"),
        ("fyll", FIRST_DAY, "2021-01-01"),
        ("tryck", "Läs in och jämför", ""),
    )


NAMED = loaded("AKALLA", "HUSBY")
SHORTENED = loaded("AKALLA", "ULVSUNDA INDUSTRIOMR")
NAMES: Step = ("följ", "Bekräfta namn", "")
ACTIVATE: Step = ("följ", "Aktivera", "")
DISCARD: Step = ("följ", "Kasta", "")
STEPS: list[tuple[Step, ...]] = [
    (),
    (("följ", "Läs in gränser", ""),),
    (("följ", "Läs in gränser", ""), ("tryck", "Läs in och jämför", "")),
    loaded("AKALLA", "akalla"),
    SHORTENED,
    (*SHORTENED, NAMES),
    (*SHORTENED, NAMES, GO_THROUGH),
    (*NAMED, ACTIVATE),
    (*NAMED, ACTIVATE, ("fyll", FIRST_DAY, ""), GO_THROUGH),
    (*NAMED, ACTIVATE, GO_THROUGH),
    (*NAMED, DISCARD, GO_THROUGH),
    (("följ", "Skiss, dragen", ""),),
]
BOUNDARIES = [
    *(State("karin", "/granser/", steps=steps) for steps in STEPS),
    State("karin", "/granser/?datum=2018-01-01"),
    State("fatima", "/granser/"),
    State("utan", "/granser/"),
    missing("karin", "/granser/0/", 404),
    missing("fatima", "/granser/las-in/", 403),
]
