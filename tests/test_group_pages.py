"""/styrgrupper/: the list, one group on a day, and its history."""

import re

import pytest

from governance.models import GroupDecision, Seat, SteeringGroup
from governance.services.groups import describe, rest
from governance.services.groups import propose as propose_group
from governance.temporal import day_after, today
from tests.days import day
from tests.reading import read
from tests.worlds import appoint, make_person

pytestmark = pytest.mark.django_db
FARSTA = "/styrgrupper/farsta/"


@pytest.fixture
def as_karin(client, karin):
    client.force_login(karin)
    return client


@pytest.fixture
def as_fatima(client, fatima):
    client.force_login(fatima)
    return client


# -- one group ---------------------------------------------------------------------------------


def test_the_roster_names_holders_and_vacancies(as_fatima, sven, farsta):
    text = read(as_fatima, f"{FARSTA}?datum=2024-03-01")
    assert "Ledamöter i Lokal styrgrupp Farsta den 1 mars 2024" in text
    assert "Sven Låtsasberg" in text
    assert "6 platser: 1 med ledamot och 5 utan" in text
    assert "Vakant" in text
    assert "Exempel" in text
    assert "Sven Låtsasberg" not in read(as_fatima, f"{FARSTA}?datum=2023-12-31")


def test_coverage_decisions_and_facts_stand_beside(as_fatima):
    text = read(as_fatima, FARSTA)
    assert "Aktiv, beslut ej registrerat" in text
    assert "10 stadsdelar" in text
    assert "Farsta strand" in text
    assert "Beslut ej registrerat" in text
    assert "En ordförande" in text


def test_a_decision_taken_later_is_shown_as_such(as_fatima, farsta):
    GroupDecision.objects.filter(group=farsta).update(
        decided_on=day("2020-02-01"), decided_by="Stadsdelsnämnden", registry_number="FAR 2020/1"
    )
    text = read(as_fatima, FARSTA)
    assert "Stadsdelsnämnden, 1 februari 2020 beslut i efterhand" in text
    assert "FAR 2020/1" in text
    assert "Aktiv, beslut ej registrerat" not in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019-11-03", "Uppgift saknas före den dagen. Det betyder inte att grupp saknades."),
        ("2019-11-04", "Ledamöter i Lokal styrgrupp Norrmalm den 4 november 2019"),
        ("2023-06-30", "Ledamöter i Lokal styrgrupp Norrmalm den 30 juni 2023"),
        ("2023-07-01", "Gruppen avslutades den 30 juni 2023 och fanns inte den 1 juli 2023."),
    ],
)
def test_the_page_answers_on_days_outside_the_groups_life(as_fatima, text, expected):
    assert expected in read(as_fatima, f"/styrgrupper/norrmalm/?datum={text}")


def test_what_came_before_and_after_is_linked(as_fatima):
    assert "Efterträdd av Lokal styrgrupp Norra innerstaden" in read(
        as_fatima, "/styrgrupper/norrmalm/"
    )
    text = read(as_fatima, "/styrgrupper/norra-innerstaden/?datum=2021-01-01")
    assert "Före den: Lokal styrgrupp Norrmalm , Lokal styrgrupp Östermalm" in text


def test_child_groups_are_those_of_the_day(as_fatima):
    then = read(as_fatima, "/styrgrupper/central-styrgrupp/?datum=2019-12-01")
    assert "Lokal styrgrupp Norrmalm" in then
    assert "Lokal styrgrupp Norra innerstaden" not in then


def test_a_group_without_seats_says_what_to_do(as_fatima, farsta):
    Seat.objects.filter(group=farsta).delete()
    assert "Gruppen har inga platser än. Lägg till de funktioner som behövs." in read(
        as_fatima, FARSTA
    )


def test_verbs_are_for_coordinators_and_follow_the_state(as_karin, farsta, karin):
    verbs = {name: f"{FARSTA}{name}/" for name in ["aktivera", "tackning", "vila", "ateruppta"]}

    def shown() -> set[str]:
        body = as_karin.get(FARSTA).content.decode()
        return {name for name, url in verbs.items() if f'href="{url}"' in body}

    assert shown() == {"tackning", "vila"}
    rest(user=karin, group=farsta, first_day=today())
    assert shown() == {"tackning", "ateruppta"}
    body = as_karin.get(FARSTA).content.decode()
    assert "/styrgrupper/sla-ihop/?grupp=farsta" in body
    assert f"{FARSTA}uppgifter/" in body
    assert re.search(rf"{FARSTA}beslut/\d+/", body)


def test_a_proposed_group_can_be_made_active(as_karin, karin, structure):
    propose_group(
        user=karin,
        agreement=structure,
        name="Provgruppen",
        kind="working",
        basis="",
        areas=[],
        valid_from=today(),
    )
    body = as_karin.get("/styrgrupper/provgruppen/").content.decode()
    assert "/styrgrupper/provgruppen/aktivera/" in body
    assert "/styrgrupper/provgruppen/vila/" not in body
    assert "Föreslagen" in body
    group = SteeringGroup.objects.get(slug="provgruppen")
    GroupDecision.objects.create(group=group, act="create", first_day=day_after(today()))
    body = as_karin.get("/styrgrupper/provgruppen/").content.decode()
    assert "Föreslagen" in body
    assert "/styrgrupper/provgruppen/aktivera/" not in body


@pytest.mark.parametrize("url", [f"{FARSTA}?datum=2024-03-01", "/styrgrupper/?datum=2024-03-01"])
def test_another_day_hides_the_verbs(as_karin, url):
    text = as_karin.get(url).content.decode()
    assert "Du ser läget den" in text
    for verb in ["vila/", "upplos/", 'tackning/">Ändra', "/uppgifter/", "beslut/", "/ny/"]:
        assert verb not in text, verb


def test_readers_are_offered_no_verb(as_fatima):
    text = as_fatima.get(FARSTA).content.decode()
    for verb in ["vila/", "upplos/", "/uppgifter/", "beslut/", "sla-ihop"]:
        assert verb not in text, verb


def test_coordinator_of_one_group_may_describe_it_and_no_more(client, rut):
    client.force_login(rut)
    text = client.get(FARSTA).content.decode()
    assert f"{FARSTA}uppgifter/" in text
    assert "upplos/" not in text
    assert (
        "/styrgrupper/bromma/uppgifter/" not in client.get("/styrgrupper/bromma/").content.decode()
    )


def test_what_is_no_date_gives_today_with_a_message(as_fatima):
    text = read(as_fatima, f"{FARSTA}?datum=2025-02-30")
    assert "2025-02-30 är inget datum. Sidan visar i dag." in text
    assert "Aktiv" in text


@pytest.mark.parametrize("path", ["", "historik/"])
def test_what_is_not_theirs_is_not_found(client, stranger, nobody, path):
    for user in [stranger, nobody]:
        client.force_login(user)
        assert client.get(f"{FARSTA}{path}").status_code == 404
    assert "Farsta" not in client.get("/styrgrupper/").content.decode()


@pytest.mark.parametrize("path", ["", "historik/"])
def test_an_unknown_slug_is_not_found(as_karin, path):
    assert "Sidan finns inte." in read(as_karin, f"/styrgrupper/finns-inte/{path}", 404)


# -- names ------------------------------------------------------------------------------------


@pytest.mark.parametrize("last", [None, "2024-02-01"])
def test_a_protected_name_is_shown_to_siri_alone(client, siri, karin, fatima, farsta_chair, last):
    """On the roster while the mandate lasts, among the earlier ones when it has ended."""
    person = make_person(farsta_chair.organization, "Hemlig", "Skyddsson", protected=True)
    appoint(farsta_chair, person, day("2024-01-01"), day(last) if last else None)
    Seat.objects.filter(pk=farsta_chair.pk).update(mailbox="ordforande@example.org")
    url = f"{FARSTA}?visa=tidigare" if last else FARSTA
    for user, visible in [(siri, True), (karin, False), (fatima, False)]:
        client.force_login(user)
        body = client.get(url).content.decode()
        assert ("Hemlig Skyddsson" in body) is visible, user.email
        assert ("Skyddsson" in body) is visible
        assert ("Namnet visas inte." in body) is not visible
    assert last or "ordforande@example.org" in body


# -- history -----------------------------------------------------------------------------------


def test_history_tells_what_was_done_and_keeps_the_earlier_name(as_karin, karin, farsta):
    describe(user=karin, group=farsta, name="Lokal styrgrupp Söderort")
    rest(user=karin, group=SteeringGroup.objects.get(pk=farsta.pk), first_day=day("2026-01-01"))
    text = read(as_karin, f"{FARSTA}historik/")
    assert "Gruppen har hetat Lokal styrgrupp Farsta" in text
    assert "Stadsledningskontoret" in text
    assert "Provström" not in text
    first = text.index("Lät gruppen vila")
    assert "Lokal styrgrupp Söderort vilar från och med den 1 januari 2026." in text
    assert first < text.index("Ändrade gruppens uppgifter")


def test_notes_are_for_those_who_may_edit(client, karin, fatima, farsta):
    done = describe(user=karin, group=farsta, name="Lokal styrgrupp Söderort")
    done.note = "Ring nämnden först"
    done.save()
    for user, visible in [(karin, True), (fatima, False)]:
        client.force_login(user)
        body = client.get(f"{FARSTA}historik/").content.decode()
        assert ("Ring nämnden först" in body) is visible
