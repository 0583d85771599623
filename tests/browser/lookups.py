"""The states of looking up a list: the upload, its columns, and the answers."""

from tests.browser.deeds import PASTED
from tests.browser.steps import State, Step

MANY = "/fastigheter/lista/"
LIST = (
    "Fastnr\tFastighet\tStadsdel\tHyresgäst\n1\tExempelbacken 1\tFarsta\tKim Exempel\n"
    "2\tkv. Finnsinte 7\tNorra Ängby\tEli Exempel\n3\tSolna Skytten 2\t\tKaj Exempel\n"
)
NOTHING_TO_ASK = "Hus\tFärg\nEtt\tGrönt\nTvå\tBlått\n"
TO_COLUMNS: Step = ("tryck", "Ladda upp och välj kolumner", "")
LOOK_UP: Step = ("tryck", "Slå upp listan", "")
ANSWERED: tuple[Step, ...] = (("fyll", PASTED, LIST), TO_COLUMNS, LOOK_UP)
STEPS: list[tuple[Step, ...]] = [
    (),
    (TO_COLUMNS,),
    (("fyll", PASTED, LIST), TO_COLUMNS),
    (("fyll", PASTED, NOTHING_TO_ASK), TO_COLUMNS, LOOK_UP),
    ANSWERED,
    (*ANSWERED, ("följ", "som behöver ses över", "")),
]
LOOKUPS = [State("fatima", MANY, steps=steps) for steps in STEPS]
