"""Who a row is about: known by e-mail or name, near somebody who is there, or asked about."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import PersonName
from governance.services import imports
from tests.sheets_in import one_row, planned, read_in, uploaded
from tests.worlds import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(farsta):
    return farsta.seats.get(function__code="distriktschef").organization


def test_an_address_tells_who_it_is_wherever_the_person_works(rut, farsta, farsta_chair):
    person = make_person(farsta_chair.organization, "Eva", "Provberg")
    person.contact_details.create(kind="email", value="eva@example.org", main=True)
    plan = planned(run := uploaded(rut, one_row("Eva Provberg-Ek", "EVA@example.org"), farsta))
    assert (plan.questions, plan.people) == ([], [])
    read_in(run)
    assert person.mandates.count() == 1
    assert person.contact_details.count() == 1


def test_an_address_with_quite_another_name_is_asked_about(rut, farsta, company):
    person = make_person(company, "Eva", "Provberg")
    person.contact_details.create(kind="email", value="brevlada@example.org", main=True)
    run = uploaded(rut, one_row("Kim Annan", "brevlada@example.org"), farsta)
    assert [question.open for question in planned(run).questions] == [True]
    with pytest.raises(ValidationError, match="1 fråga behöver svar"):
        imports.confirm(user=rut, run=run)
    run = uploaded(
        rut, one_row("Kim Annan", "brevlada@example.org"), farsta, answers={"person-2": "ny"}
    )
    read_in(run)
    assert PersonName.objects.filter(given_name="Kim").exists()


def test_a_name_within_the_organisation_tells_who_it_is(rut, farsta, company):
    person = make_person(company, "Eva", "Provberg")
    read_in(uploaded(rut, one_row("eva  provberg", "eva@example.org"), farsta))
    assert person.mandates.count() == 1
    assert person.contact_details.get().value == "eva@example.org"


@pytest.mark.parametrize(
    ("given", "family", "elsewhere"),
    [("Eva", "Provberg", True), ("Eva", "Provbärg", False), ("Ewa", "Provberg", False)],
)
def test_near_duplicates_are_shown_with_a_choice(
    rut, farsta, farsta_chair, company, given, family, elsewhere
):
    person = make_person(farsta_chair.organization if elsewhere else company, given, family)
    run = uploaded(rut, one_row("Eva Provberg"), farsta)
    [question] = planned(run).questions
    assert [value for value, _ in question.options] == [str(person.pk), "ny"]
    assert (question.answer, question.open) == ("ny", False)
    run = uploaded(rut, one_row("Eva Provberg"), farsta, answers={question.name: str(person.pk)})
    assert planned(run).people == []
    read_in(run)
    assert person.mandates.count() == 1


def test_a_protected_person_is_never_a_candidate_and_never_found_by_name(rut, farsta, company):
    person = make_person(company, "Eva", "Provberg", protected=True)
    person.contact_details.create(kind="email", value="eva@example.org", main=True)
    plan = planned(uploaded(rut, one_row("Eva Provberg", "eva@example.org"), farsta))
    assert plan.questions == []
    assert len(plan.people) == 1


def test_the_same_name_twice_with_nothing_to_tell_them_apart_is_asked_about(rut, farsta):
    text = (
        "Namn;Funktion;Organisation\n"
        "Bo Ek;distriktschef;Stockholmshem\nBo Ek;fastighetsförvaltare;Stockholmshem\n"
    )
    plan = planned(uploaded(rut, text, farsta, add_seats=True))
    [question] = plan.questions
    assert (question.row, question.open, plan.ready) == (3, True, False)
    same = uploaded(rut, text, farsta, add_seats=True, answers={question.name: "rad2"})
    assert [len(one.rows) for one, _ in planned(same).people] == [2]
    other = uploaded(rut, text, farsta, add_seats=True, answers={question.name: "ny"})
    assert len(planned(other).people) == 2
