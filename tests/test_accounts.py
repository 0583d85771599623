"""One's own account, and those that a coordinator handles."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Act, Person, User
from governance.services.accounts import invite
from tests.letters import NEW, SAVE, link_in, sign_in, text
from tests.worlds import appoint, grant, make_person, make_user, make_world

pytestmark = pytest.mark.django_db


def test_my_account_says_who_i_am_what_i_may_do_and_why(client, world, bo):
    appoint(world.secretary, bo.person)
    grant(bo, "edit_roster", world.group)
    client.force_login(bo)
    page = text(client.get("/konto/"))
    assert "Bo Provlund" in page
    assert "Följer av uppdraget som sekreterare i Lokala gruppen i Provstad" in page
    assert "Ändra gruppens uppgifter" in page
    assert "Följer av att personen arbetar hos Provstads stad" in page
    assert "Överenskommelse i Provstad" in page
    assert "Bjud in" not in page


def test_my_account_of_nobody_says_whom_to_ask(client, nobody):
    client.force_login(nobody)
    page = text(client.get("/konto/"))
    assert "Du har inga rättigheter än." in page
    assert "Be samordnaren" in page


def test_the_list_holds_those_who_belong_and_nobody_else(as_anna, anna, world, bo, stranger):
    granted = make_user("given@example.org")
    grant(granted, "edit_roster", world.group)
    invite(user=anna, agreement=world.agreement, email="bjuden@example.org")
    page = text(as_anna.get("/konto/alla/"))
    for email in (anna.email, bo.email, granted.email, "bjuden@example.org"):
        assert email in page
    assert stranger.email not in page
    assert "Inbjuden, har inte valt lösenord" in page
    assert "Bo Provlund" in page


def test_the_name_of_somebody_outside_is_not_shown_with_the_account(as_anna, world, stranger):
    grant(stranger, "view_agreement", world.agreement)
    for address in ("/konto/alla/", f"/konto/{stranger.pk}/", "/konto/behorigheter/ny/"):
        page = text(as_anna.get(address))
        assert stranger.email in page
        assert "Främling" not in page


def test_a_protected_name_is_hidden_on_every_page_about_accounts(as_anna, world):
    hidden = make_user("h@example.org")
    make_person(world.city, "Hemlig", "Hemligsson", user=hidden, protected=True)
    make_person(world.city, "Hemlig", "Hemligsson", protected=True)
    for address in (
        "/konto/alla/",
        f"/konto/{hidden.pk}/",
        "/konto/bjud-in/",
        "/konto/behorigheter/ny/",
    ):
        page = text(as_anna.get(address))
        assert "Hemlig" not in page
    assert "Namnet visas inte" in text(as_anna.get("/konto/alla/"))


ADDRESSES = ["/konto/alla/", "/konto/bjud-in/", "/konto/behorigheter/", "/konto/behorigheter/ny/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_readers_get_403_and_those_who_belong_to_nothing_404(client, bo, nobody, address):
    client.force_login(bo)
    for answer in (client.get(address), client.post(address, {})):
        assert answer.status_code in {403, 405}
    assert "Du har inte rätt att ändra styrgrupper, gränser och behörigheter" in text(
        client.get(address)
    )
    client.force_login(nobody)
    assert client.get(address).status_code == 404


def test_accounts_outside_the_agreements_are_404(as_anna, stranger, nobody, diana):
    for account in (stranger, nobody, diana):
        assert as_anna.get(f"/konto/{account.pk}/").status_code == 404
        closing = as_anna.post(f"/konto/{account.pk}/", {"gor": "stang"} | SAVE)
        assert closing.status_code == 404
        account.refresh_from_db()
        assert account.is_active


def test_closing_is_shown_first_then_ends_sign_ins_and_keeps_an_act(as_anna, world, bo):
    theirs = Client()
    theirs.force_login(bo)
    assert "Stäng kontot" in text(as_anna.post(f"/konto/{bo.pk}/", {"gor": "stang"}))
    assert theirs.get("/konto/").status_code == 200
    as_anna.post(f"/konto/{bo.pk}/", {"gor": "stang"} | SAVE)
    assert theirs.get("/konto/").status_code == 302
    assert sign_in(bo.email).status_code == 200
    done = Act.objects.get(verb="close")
    assert done.agreement == world.agreement
    assert bo.history.first().caused_by == done


def test_a_session_from_before_the_closing_does_not_come_back_with_the_account(
    as_anna, bo, letters
):
    theirs = Client()
    theirs.force_login(bo)
    for verb in ("stang", "oppna"):
        as_anna.post(f"/konto/{bo.pk}/", {"gor": verb} | SAVE)
    bo.refresh_from_db()
    assert bo.is_active
    assert theirs.get("/konto/").status_code == 302
    assert len(letters) == 1
    guest = Client()
    form = guest.get(link_in(letters[0]))
    guest.post(form.url, {"new_password1": NEW, "new_password2": NEW})
    assert sign_in(bo.email, NEW).status_code == 302
    assert Act.objects.filter(verb="reopen").count() == 1


def test_nobody_closes_their_own_account_or_an_operators(as_anna, anna, world):
    operator = make_user("drift@example.org", is_staff=True)
    make_person(world.city, user=operator)
    for account, words in [(anna, "Ditt eget konto"), (operator, "driftansvarig")]:
        page = as_anna.post(f"/konto/{account.pk}/", {"gor": "stang"} | SAVE, follow=True)
        assert words in text(page)
        account.refresh_from_db()
        assert account.is_active
    assert not Act.objects.filter(verb="close").exists()


@pytest.mark.parametrize("verb", ["stang", "lossa"])
def test_an_account_that_also_belongs_elsewhere_is_left_alone(as_anna, elsewhere, bo, verb):
    grant(bo, "view_agreement", elsewhere.agreement)
    page = as_anna.post(f"/konto/{bo.pk}/", {"gor": verb} | SAVE, follow=True)
    assert "hör också till en överenskommelse som du inte samordnar" in text(page)
    assert "Annanstad" not in text(page)
    bo.refresh_from_db()
    assert bo.is_active
    assert Person.objects.filter(user=bo).exists()


def test_a_closed_account_that_belonged_elsewhere_cannot_be_opened_here(as_anna, elsewhere, bo):
    grant(bo, "view_agreement", elsewhere.agreement)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    as_anna.post(f"/konto/{bo.pk}/", {"gor": "oppna"} | SAVE)
    bo.refresh_from_db()
    assert not bo.is_active


def test_an_account_is_unlinked_and_linked_to_another_person(as_anna, world, bo):
    other = make_person(world.police, "Olga", "Provpolis")
    first = bo.person
    as_anna.post(f"/konto/{bo.pk}/", {"gor": "lossa"} | SAVE)
    assert not Person.objects.filter(user=bo).exists()
    assert first.history.first().caused_by.verb == "link"
    # Nothing else ties the account to the agreement now, but its coordinator still finds it.
    assert "inga rättigheter" in text(as_anna.get(f"/konto/{bo.pk}/"))
    assert bo.email in text(as_anna.get("/konto/alla/"))
    assert "Olga Provpolis" in text(as_anna.get(f"/konto/{bo.pk}/?gor=knyt"))
    as_anna.post(f"/konto/{bo.pk}/", {"gor": "knyt", "person": other.pk})
    other.refresh_from_db()
    assert other.user == bo
    assert Act.objects.filter(verb="link").count() == 2


def test_what_is_shown_of_an_account_stays_within_ones_own_agreements(
    as_anna, world, elsewhere, bo
):
    grant(bo, "edit_roster", world.group)
    grant(bo, "edit_roster", elsewhere.group)
    grant(bo, "view_organization", elsewhere.company)
    page = text(as_anna.get(f"/konto/{bo.pk}/"))
    assert "Lokala gruppen i Provstad" in page
    assert "Annanstad" not in page


@pytest.mark.parametrize(
    "address",
    [
        "/konto/",
        "/konto/alla/",
        "/konto/bjud-in/",
        "/konto/{pk}/",
        "/konto/{pk}/?gor=knyt",
        "/konto/behorigheter/",
        "/konto/behorigheter/ny/",
    ],
)
def test_pages_take_the_same_few_queries_with_ten_accounts_and_with_many(as_anna, world, address):
    counts = []
    for numbers in (range(10), range(10, 60)):
        for number in numbers:
            account = make_user(f"konto{number}@example.org")
            if "knyt" not in address:
                make_person(world.city, "Prov", f"Nummer {number}", user=account)
            make_person(world.city, "Utan", f"Konto {number}")
            grant(account, "edit_roster", world.group)
            grant(account, "view_organization", world.company)
        with CaptureQueriesContext(connection) as asked:
            assert as_anna.get(address.format(pk=account.pk)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_two_municipalities_share_the_police_but_not_each_others_accounts(as_anna, world, bo):
    """A person at a shared party belongs to both, so neither closes the account alone."""
    other = make_world("Grannstad")
    other.agreement.parties.add(world.police)
    officer = make_user("polis@example.org")
    make_person(world.police, "Petra", "Provpolis", user=officer)
    page = text(as_anna.get(f"/konto/{officer.pk}/"))
    assert "Petra Provpolis" in page
    assert "hör också till en överenskommelse" in page
    assert "Grannstad" not in page
    as_anna.post(f"/konto/{officer.pk}/", {"gor": "stang"} | SAVE)
    officer.refresh_from_db()
    assert officer.is_active
