"""The confirmation of a list: exactly the plan, once, and no name is left behind."""

import datetime

import pytest
from django.apps import apps
from django.db import connection, models
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.models import ContactDetail, ImportRun, Mandate, PersonName
from governance.queries.imports import Ground
from governance.services import imports, mandates
from governance.services.acts import Stale
from governance.services.mandate_rows import NewPerson
from governance.sheets import read_sheet
from tests.days import day
from tests.sheets_in import (
    NOW,
    one_row,
    planned,
    read_in,
    said,
    states,
    uploaded,
)
from tests.test_undo import everything

pytestmark = pytest.mark.django_db
NOW_AT = timezone.make_aware(datetime.datetime(2026, 11, 23, 12))


@pytest.fixture
def company(farsta):
    return farsta.seats.get(function__code="distriktschef").organization


def test_what_was_changed_in_between_gives_a_new_plan_and_changes_nothing(rut, farsta, company):
    run = uploaded(rut, one_row("Eva Provberg"), farsta)
    seen = planned(run).digest
    seat = farsta.seats.get(function__code="distriktschef")
    mandates.appoint(
        user=None, seat=seat, person=NewPerson("Kim", "Ek"), first_day=day("2026-01-01")
    )
    before = everything()
    with pytest.raises(Stale):
        imports.confirm(user=rut, run=run, seen=seen)
    assert everything() == before
    assert states(planned(run)) == ["replaced"]
    read_in(run)


def test_a_list_is_read_in_once(rut, farsta):
    run = uploaded(rut, one_row("Eva Provberg"), farsta)
    read_in(run)
    with pytest.raises(Stale, match="redan inläst"):
        imports.confirm(user=rut, run=run)
    assert Mandate.objects.filter(seat__group=farsta).count() == 1


@pytest.mark.parametrize("end", ["read in", "thrown away", "forgotten"])
def test_afterwards_names_stand_in_no_row_but_those_of_persons(rut, farsta, end):
    text = "Namn;Titel;E-post;Mobil\nZlatana Qvistprov;distriktschef;zq@example.org;070-1234567\n"
    sheet = read_sheet(text.encode(), "Zlatana Qvistprov.csv")
    run = imports.upload(
        user=rut, sheet=sheet, day=NOW, now=NOW_AT, group=farsta, file_name="Zlatana.csv"
    )
    if end == "read in":
        read_in(run)
    elif end == "thrown away":
        imports.discard(run=run)
    else:
        assert imports.discard_old(NOW_AT) == 0
        assert imports.discard_old(run.uploaded_at + imports.KEPT * 1.01) == 1
    allowed = {PersonName, ContactDetail} if end == "read in" else set()
    assert "Namn" not in str(ImportRun.objects.get(pk=run.pk).columns)
    assert tables_with("Zlatana", "Qvistprov", "qvistprov", "zq@example") == allowed


def tables_with(*texts: str) -> set[type[models.Model]]:
    found = set()
    for model in apps.get_models():
        for row in model._base_manager.values():
            if any(text in str(row) for text in texts):
                found.add(model)
    return found


def test_the_number_of_queries_is_the_same_for_ten_rows_and_for_two_hundred(rut, farsta, company):
    numbers = []
    for many in (10, 200):
        rows = "".join(
            f"Namn{at}x{many} Ek;distriktschef;Stockholmshem;{many + at};n{at}x{many}@e.org\n"
            for at in range(many)
        )
        text = f"Namn;Funktion;Organisation;Nummer;E-post\n{rows}"
        run = uploaded(rut, text, farsta, add_seats=True)
        with CaptureQueriesContext(connection) as asked:
            assert planned(run).faults == []
        reading = len(asked)
        with CaptureQueriesContext(connection) as asked:
            imports.confirm(user=rut, run=run)
        numbers.append((reading, len(asked)))
    (few_read, few), (many_read, many) = numbers
    assert few_read == many_read <= 20
    assert many - few < 30  # SQLite takes fewer rows in one statement


def test_what_stands_in_other_agreements_is_as_if_it_were_not_there(rut, farsta, elsewhere):
    text = f"Namn;Styrgrupp;Funktion\nEva Ek;{elsewhere.group.name};annanstad-chef\n"
    [fault] = said(planned(uploaded(rut, text)))
    assert fault.startswith("Rad 2, Styrgrupp: Det finns ingen styrgrupp som heter Lokala gruppen")
    assert elsewhere.group.pk not in Ground(rut).groups
