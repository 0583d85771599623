"""Ten thousand rows of anything: each answered with a reason, in order, and nothing stored."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Act, Address, Area, Holding, ImportRun, LookupRun, Property
from governance.queries.lookups import question_of
from governance.queries.places import Certainty
from governance.services import lookups as service
from tests.access import window
from tests.lookups import answered, sheet_of, upload
from tests.places import EAST, NORTH, NOW, own

pytestmark = pytest.mark.django_db
HEADINGS = ["Fastnr", "Fastighet", "Adress", "Stadsdel", "Nord", "Öst"]
LONG = "Kvarnvingen " * 1000
STORED = (Act, Address, Area, Holding, ImportRun, Property)


def coordinate(first: object, second: object) -> list[str]:
    return ["", "", "", "", str(first), str(second)]


# Each with the certainty that it gets and a part of its reason.
ROWS = [
    (["", "Kvarnvingen 3", "", "", "", ""], "exact", "är angiven i beståndet"),
    (["", "", "", "", "", ""], "none", "Frågan är tom."),
    (["", "?!", "", "", "", ""], "none", "kan inte läsas som en fastighetsbeteckning"),
    (["", "Solna Skytten 2", "", "", "", ""], "none", "Solna kommun"),
    (["", "Lidingö Dalen 1:4", "", "", "", ""], "none", "Lidingö"),
    (coordinate(NORTH + 500, EAST + 500), "exact", "Koordinaten ligger i"),
    (coordinate(EAST + 500, NORTH + 500), "exact", "omvänd ordning"),
    (coordinate(59.3667, 18.1333), "none", "ligger utanför Provstad"),  # Lidingö
    (coordinate(59.3600, 18.0000), "none", "ligger utanför Provstad"),  # Solna
    (coordinate(0, 0), "none", ""),
    (coordinate("inget", "nan"), "none", ""),
    (coordinate("1e999", "-1e999"), "none", ""),
    (["", LONG, "", "", "", ""], "none", ""),
    (["", "", LONG, "", "", ""], "none", ""),
    (["", "", "", LONG, "", ""], "none", "Inget område heter"),
    ([LONG, "", "", "", "", ""], "none", ""),
    (coordinate("5" * 10_000, "5" * 10_000), "none", ""),
    (["", "=1+1", "", "", "", ""], "none", ""),
    (["@SUM(A1)", "", "", "", "", ""], "none", ""),
    (["", "", "", "norra provstad", "", ""], "exact", "Svaret gäller"),
]


def test_every_row_is_answered_with_a_reason_and_in_order(bo, drawn):
    own(drawn.company, "Kvarnvingen 3", area=drawn.north)
    before = [noun.objects.count() for noun in STORED]
    found = answered(bo, sheet_of(HEADINGS, [cells for cells, _, _ in ROWS] * 3))
    assert len(found) == len(ROWS) * 3
    for at, answer in enumerate(found):
        cells, certainty, reason = ROWS[at % len(ROWS)]
        assert answer.certainty == certainty, (cells, answer)
        assert reason in answer.reason, (cells, answer)
        assert answer.reason, cells
        assert len(answer.reason) < 1000, cells
        assert answer.to_check == (certainty != Certainty.EXACT or not answer.groups)
    assert [noun.objects.count() for noun in STORED] == before
    LookupRun.objects.all().delete()
    assert not LookupRun.objects.exists()


def test_the_rows_can_be_shown_and_taken_away_whatever_stands_in_them(bo, drawn):
    run = upload(bo, sheet_of(HEADINGS, [row for row, _, _ in ROWS]))
    reader, page = window(bo), f"/fastigheter/lista/{run.pk}/"
    assert reader.get(page).status_code == 200
    for form in ("xlsx", "csv"):
        assert reader.get(f"{page}export/", {"format": form}).status_code == 200


def test_street_and_number_and_one_cell_of_coordinates_make_a_question():
    keys = ["street", "street_number", "point", "", "area"]
    asked = question_of(["Storgatan", "12 A", "59.1, 18.1", "annat", "Farsta"], keys)
    assert (asked.address, asked.first, asked.area) == ("Storgatan 12 A", "59.1, 18.1", "Farsta")
    assert question_of(["", "12", "", "", ""], keys).address == ""


def test_a_slice_costs_as_many_queries_whatever_stands_in_its_rows(bo, drawn):
    own(drawn.company, "Kvarnvingen 3", area=drawn.north)
    cost = []
    for times in (1, 1, 40):  # the first time, the reader's rights are read too
        run = upload(bo, sheet_of(HEADINGS, [cells for cells, _, _ in ROWS] * times), NOW)
        with CaptureQueriesContext(connection) as queries:
            service.look_up_more(run=run, user=bo, seconds=600)
        cost.append(len(queries))
    assert cost[1] == cost[2] <= 12
