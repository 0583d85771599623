"""Inviting somebody to an account, and the letter with the link."""

import re

import pytest
from django.test import Client

from governance.models import Act, PersonName, User
from tests.letters import NEW, SAVE, link_in, text
from tests.worlds import appoint, make_person, make_user

pytestmark = pytest.mark.django_db


def asked(email: str, world, **more: object) -> dict[str, object]:
    """What the form of an invitation sends."""
    return {"email": email, "agreement": world.agreement.pk, **more}


def test_an_invitation_is_shown_first_then_makes_account_person_right_and_letter(
    as_anna, world, letters
):
    new = asked(
        "Ny@Example.org",
        world,
        given_name="Nils",
        family_name="Nygren",
        organization=world.company.pk,
        right="view_protected",
    )
    preview = text(as_anna.post("/konto/bjud-in/", new))
    assert "Ett konto skapas för ny@example.org." in preview
    assert "Nils Nygren läggs till hos Provstads bostäder" in preview
    assert not User.objects.filter(email="ny@example.org").exists()
    assert not letters
    page = as_anna.post("/konto/bjud-in/", new | SAVE, follow=True)
    account = User.objects.get(email="ny@example.org")
    assert "Inbjudan är skickad." in text(page)
    assert not account.has_usable_password()
    assert account.person.organization == world.company
    assert account.has_perm("governance.view_protected", world.agreement)
    assert letters[0].to == ["ny@example.org"]
    assert "Överenskommelse i Provstad" in letters[0].body


def test_the_act_of_an_invitation_holds_keys_and_stands_on_every_row(as_anna, anna, world):
    new = {"given_name": "Nils", "organization": world.company.pk, "right": "view_agreement"}
    as_anna.post("/konto/bjud-in/", asked("ny@example.org", world, **new) | SAVE)
    done = Act.objects.get(verb="invite")
    account = User.objects.get(email="ny@example.org")
    assert (done.user, done.agreement) == (anna, world.agreement)
    assert f"Konto {account.pk}" in done.summary
    assert "Nils" not in done.summary
    assert "@" not in done.summary
    assert account.history.get().caused_by == done
    assert {row.caused_by for row in account.person.history.all()} == {done}
    assert PersonName.objects.get(person=account.person).history.get().caused_by == done
    assert account.agreementusergrant_set.get().history.get().caused_by == done


def test_an_existing_person_is_invited_and_belongs(as_anna, world, letters):
    person = make_person(world.police, "Per", "Provpolis")
    as_anna.post("/konto/bjud-in/", asked("per@example.org", world, person=person.pk) | SAVE)
    assert User.objects.get(email="per@example.org").person == person
    assert len(letters) == 1


def test_an_invitation_needs_a_person_or_a_right(as_anna, world):
    page = text(as_anna.post("/konto/bjud-in/", asked("tom@example.org", world) | SAVE))
    assert "Välj en person eller en behörighet" in page
    half = asked("tom@example.org", world, family_name="Halv")
    page = text(as_anna.post("/konto/bjud-in/", half | SAVE))
    assert "Skriv den nya personens förnamn" in page
    assert not User.objects.filter(email="tom@example.org").exists()


def test_people_with_mandates_elsewhere_or_with_accounts_cannot_be_chosen(
    as_anna, world, elsewhere, bo
):
    chair = make_person(world.city, "Två", "Uppdragsson")
    appoint(elsewhere.chair, chair)
    foreign = make_person(elsewhere.city, "Frans", "Främling")
    offered = as_anna.get("/konto/bjud-in/").content.decode()
    for person in (chair, foreign, bo.person):
        assert f'<option value="{person.pk}">{person.name.full}' not in offered
        page = as_anna.post(
            "/konto/bjud-in/", asked("x@example.org", world, person=person.pk) | SAVE
        )
        assert page.status_code == 200
    assert not User.objects.filter(email="x@example.org").exists()


def test_the_first_password_signs_in_and_the_link_works_once(as_anna, world, letters):
    as_anna.post("/konto/bjud-in/", asked("ny@example.org", world, right="view_agreement") | SAVE)
    link, guest = link_in(letters[0]), Client()
    form = guest.get(link)
    done = guest.post(form.url, {"new_password1": NEW, "new_password2": NEW})
    assert done.url == "/"
    assert guest.get("/konto/").status_code == 200
    used = text(Client().get(link, follow=True))
    assert "Inbjudan gäller inte längre" in used
    assert "samordnaren för din överenskommelse" in used


@pytest.mark.parametrize(("days", "works"), [(7, True), (8, False)])
def test_an_invitation_is_valid_for_seven_days(as_anna, world, letters, days, works, monkeypatch):
    from datetime import timedelta

    from django.contrib.auth.tokens import default_token_generator as tokens

    as_anna.post("/konto/bjud-in/", asked("ny@example.org", world, right="view_agreement") | SAVE)
    later = tokens._now() + timedelta(days=days, minutes=-1)
    monkeypatch.setattr(type(tokens), "_now", lambda self: later)
    page = text(Client().get(link_in(letters[0]), follow=True))
    assert ("Välj ditt lösenord" in page) is works


def test_a_letter_that_fails_keeps_the_account_and_offers_to_send_again(
    as_anna, world, settings, caplog, letters
):
    settings.EMAIL_BACKEND = "tests.letters.Broken"
    new = asked("ny@example.org", world, right="view_agreement") | SAVE
    page = as_anna.post("/konto/bjud-in/", new, follow=True)
    account = User.objects.get(email="ny@example.org")
    assert "brevet kunde inte skickas" in text(page)
    assert "Skicka inbjudan igen" in text(page)
    assert "/konto/inbjudan/" not in page.content.decode()
    assert "ny@example.org" not in caplog.text
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = as_anna.post(f"/konto/{account.pk}/", {"gor": "skicka"}, follow=True)
    assert "Inbjudan är skickad." in text(page)
    assert len(letters) == 1


def test_an_address_with_an_account_is_offered_the_right_and_nothing_is_told_of_it(
    as_anna, world, elsewhere, bo, letters
):
    other = make_user("frans@example.org", is_active=False)
    make_person(elsewhere.city, "Frans", "Främling", user=other)
    pages = []
    for email in (bo.email, other.email):
        asking = as_anna.post("/konto/bjud-in/", asked(email, world, given_name="A") | SAVE)
        assert asking.status_code == 200
        without = as_anna.post(
            "/konto/bjud-in/", asked(email, world, given_name="A", organization=world.city.pk)
        )
        assert "Adressen har redan ett konto. Välj en behörighet" in text(without)
        offered = as_anna.post("/konto/bjud-in/", asked(email, world, right="view_agreement"))
        pages.append(
            re.sub(
                r'csrfmiddlewaretoken.*?>|value="[^"]*@example.org"', "", offered.content.decode()
            )
        )
    assert pages[0] == pages[1]
    assert "Främling" not in pages[1]
    as_anna.post("/konto/bjud-in/", asked(other.email, world, right="view_agreement") | SAVE)
    assert other.agreementusergrant_set.count() == 1
    assert User.objects.filter(email=other.email).count() == 1
    assert not letters


def test_an_account_made_since_the_preview_is_shown_before_it_gets_the_right(as_anna, world):
    new = asked("ny@example.org", world, right="view_agreement")
    shown = dict(as_anna.post("/konto/bjud-in/", new).context["hidden"])
    made = make_user("ny@example.org")
    page = text(as_anna.post("/konto/bjud-in/", shown | SAVE))
    assert "Adressen har redan ett konto." in page
    assert not made.agreementusergrant_set.exists()
