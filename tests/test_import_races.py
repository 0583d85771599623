"""Two who confirm at the same moment: one list is read in once, whoever presses."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, ImportRun, Mandate, Person
from governance.services import imports, mandates
from governance.services.import_undo import undo_import
from governance.services.mandate_rows import NewPerson
from tests.at_once import at_the_same_time
from tests.days import day
from tests.sheets_in import planned, uploaded
from tests.worlds import make_world

pytestmark = pytest.mark.django_db(transaction=True)
LIST = "Namn;Funktion\nBo Ek;provstad-chef\nCia Ek;provstad-direktor\n"


@pytest.fixture
def world(transactional_db):
    return make_world("Provstad")


def test_of_two_confirmations_of_one_list_one_wins(world):
    run = uploaded(None, LIST, world.group)
    seen = planned(run).digest

    def confirm() -> Act:
        return imports.confirm(user=None, run=ImportRun.objects.get(pk=run.pk), seen=seen)

    results = at_the_same_time(confirm, confirm)
    lost = [each for each in results if isinstance(each, ValidationError)]
    assert [len(lost), sum(isinstance(each, Act) for each in results)] == [1, 1]
    assert "Listan är redan inläst. Inget mer har ändrats." in lost[0].messages
    assert (Person.objects.count(), Mandate.objects.count()) == (2, 2)
    assert Act.objects.filter(verb="import").count() == 1


def test_of_two_lists_about_the_same_seats_the_later_sees_a_new_plan(world):
    runs = [uploaded(None, LIST, world.group) for _ in range(2)]
    seen = planned(runs[0]).digest
    works = [
        lambda run=run: imports.confirm(user=None, run=ImportRun.objects.get(pk=run.pk), seen=seen)
        for run in runs
    ]
    results = at_the_same_time(*works)
    assert sum(isinstance(each, Act) for each in results) == 1
    assert (Person.objects.count(), Mandate.objects.count()) == (2, 2)
    assert Act.objects.filter(verb="import").count() == 1


def test_a_list_and_somebody_who_appoints_leave_one_holder_and_no_overlap(world):
    run = uploaded(None, LIST, world.group)
    seen = planned(run).digest

    def appoint() -> Act:
        return mandates.appoint(
            user=None, seat=world.member, person=NewPerson("Kim"), first_day=day("2026-11-23")
        )

    def confirm() -> Act:
        return imports.confirm(user=None, run=ImportRun.objects.get(pk=run.pk), seen=seen)

    results = at_the_same_time(appoint, confirm)
    assert all(isinstance(each, Act | ValidationError) for each in results)
    assert sum(isinstance(each, Act) for each in results) == 1
    assert Mandate.objects.filter(seat=world.member).count() == 1


def test_of_two_who_undo_one_wins(world):
    run = uploaded(None, LIST, world.group)
    imports.confirm(user=None, run=run)

    def undo() -> Act:
        return undo_import(user=None, run=ImportRun.objects.select_related("act").get(pk=run.pk))

    results = at_the_same_time(undo, undo)
    assert sum(isinstance(each, Act) for each in results) == 1
    assert (Person.objects.count(), Mandate.objects.count()) == (0, 0)
