"""Which area, lokalpolisområde and group a place belongs to: the rules of DOMAIN 7."""

import pytest

from governance.queries.places import Certainty, Finder, Question
from tests.days import day

pytestmark = pytest.mark.django_db

RULES = [  # stadsdel, day, stadsdelsområde, lokalpolisområde
    ("Rågsved", "2026-01-15", "Enskede-Årsta-Vantör", "Farsta"),
    ("Årsta", "2026-01-15", "Enskede-Årsta-Vantör", "Globen"),
    ("Solberga", "2026-01-15", "Hägersten-Älvsjö", "Globen"),
    ("Fruängen", "2026-01-15", "Hägersten-Älvsjö", "Skärholmen"),
    ("Vasastaden", "2019-12-01", "Norrmalm", "Norrmalm"),
    ("Vasastaden", "2026-01-15", "Norra innerstaden", "Norra innerstaden"),
    ("Kungsholmen", "2026-01-15", "Kungsholmen", "Lidingö-Kungsholmen"),
]


@pytest.mark.parametrize(("name", "when", "district", "police"), RULES)
def test_a_stadsdel_has_the_district_and_the_police_district_of_the_day(
    fatima, name, when, district, police
):
    reply = Finder(fatima, day(when)).find(Question(area=name.upper()))
    assert reply.certainty == Certainty.EXACT
    assert [area.name for area in reply.areas] == [name, district, police]
    assert [answer.group.name for answer in reply.groups] == [f"Lokal styrgrupp {district}"]
