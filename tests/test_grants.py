"""Rights given by hand: what is offered, to whom, and how they are taken back."""

import re

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, Organization, Seat, User
from governance.queries.grants import coordinators
from governance.services.accounts import close
from governance.services.grants import give, revoke
from tests.letters import SAVE, text
from tests.worlds import FIRST, grant, local_under, make_user

pytestmark = pytest.mark.django_db
LIST, GIVE = "/konto/behorigheter/", "/konto/behorigheter/ny/"


def giving(account: User, right: str, on) -> dict[str, object]:
    nouns = {"agreement": "overenskommelse", "steeringgroup": "grupp"}
    noun = nouns.get(on._meta.model_name, "organisation")
    return {"account": account.pk, "right": f"{noun}.{right}", "on": f"{noun}-{on.pk}"}


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("right", "on"),
    [
        ("edit_structure", "agreement"),
        ("view_protected", "agreement"),
        ("view_agreement", "agreement"),
        ("edit_roster", "group"),
        ("view_organization", "company"),
        ("appoint_own", "company"),
    ],
)
def test_a_right_is_shown_given_and_taken_back_each_with_an_act(as_anna, world, bo, right, on):
    thing = getattr(world, on)
    form = giving(bo, right, thing)
    assert "bo@example.org får rätten att" in text(as_anna.post(GIVE, form))
    assert not fresh(bo).has_perm(f"governance.{right}", thing)
    assert as_anna.post(GIVE, form | SAVE).url == LIST
    assert fresh(bo).has_perm(f"governance.{right}", thing)
    given = Act.objects.get(verb="grant")
    assert given.agreement == world.agreement
    assert f"Konto {bo.pk}" in given.summary
    assert "@" not in given.summary
    page = as_anna.get(LIST)
    [link] = re.findall(rf'href="({LIST}\w+/\d+/ta-bort/)">Ta bort.*?bo@', page.content.decode())
    assert "har inte längre rätten" in text(as_anna.get(link))
    assert "har inte längre rätten" in text(as_anna.post(link))
    assert fresh(bo).has_perm(f"governance.{right}", thing)
    as_anna.post(link, SAVE)
    assert not fresh(bo).has_perm(f"governance.{right}", thing)
    assert Act.objects.filter(verb="revoke", agreement=world.agreement).count() == 1
    assert as_anna.get(link).status_code == 404


def test_history_rows_of_a_grant_bear_their_acts(world, anna, bo):
    give(user=anna, account=bo, right="edit_roster", on=world.group, agreement=world.agreement)
    row = bo.steeringgroupusergrant_set.get()
    history = type(row).history.filter(id=row.pk)
    revoke(user=anna, grant=row, agreement=world.agreement)
    assert {(each.history_type, each.caused_by.verb) for each in history.all()} == {
        ("+", "grant"),
        ("-", "revoke"),
    }
    assert {each.history_user for each in history.all()} == {anna}


def test_a_right_must_suit_what_it_is_given_on(as_anna, world, bo):
    form = giving(bo, "edit_roster", world.group) | {"on": f"overenskommelse-{world.agreement.pk}"}
    page = text(as_anna.post(GIVE, form | SAVE))
    assert "gäller en styrgrupp" in page
    assert "Rätta detta" in page
    with pytest.raises(ValidationError):
        give(
            user=None,
            account=bo,
            right="edit_roster",
            on=world.agreement,
            agreement=world.agreement,
        )


def test_giving_the_same_right_twice_changes_nothing_and_says_so(as_anna, world, bo):
    form = giving(bo, "edit_roster", world.group)
    as_anna.post(GIVE, form | SAVE)
    assert "Kontot har redan rätten" in text(as_anna.post(GIVE, form | SAVE))
    assert Act.objects.filter(verb="grant").count() == 1


def test_nothing_outside_the_coordinators_agreements_can_be_given(as_anna, elsewhere, bo, stranger):
    for form in (
        giving(bo, "edit_structure", elsewhere.agreement),
        giving(bo, "edit_roster", elsewhere.group),
        giving(bo, "view_organization", elsewhere.city),
        giving(stranger, "edit_roster", elsewhere.group),
    ):
        assert as_anna.post(GIVE, form | SAVE).status_code == 200
    assert not Act.objects.filter(verb="grant").exists()
    page = text(as_anna.get(GIVE))
    assert "Annanstad" not in page
    assert stranger.email not in page


def test_operator_rights_cannot_be_given(as_anna, world, bo):
    for right in ("add_user", "change_agreement", "delete_agreement"):
        as_anna.post(GIVE, giving(bo, right, world.agreement) | SAVE)
    assert not Act.objects.filter(verb="grant").exists()
    assert not fresh(bo).is_staff


def test_an_organisation_shared_with_another_agreement_is_not_offered(
    as_anna, world, elsewhere, bo
):
    """A right on it would let the account into the other agreement too."""
    elsewhere.agreement.parties.add(world.police)
    below = Organization.objects.create(
        name="Enheten",
        slug="enheten",
        kind="lokalpolisomrade",
        parent=world.police,
        valid_from=FIRST,
    )
    for shared in (world.police, below):
        as_anna.post(GIVE, giving(bo, "view_organization", shared) | SAVE)
    assert not Act.objects.filter(verb="grant").exists()
    grant(bo, "view_organization", world.police)
    page = as_anna.get(LIST)
    assert "Organisationen deltar också i en annan överenskommelse" in text(page)
    row = bo.organizationusergrant_set.get()
    assert as_anna.post(f"{LIST}organisation/{row.pk}/ta-bort/", SAVE).status_code == 404
    assert bo.organizationusergrant_set.exists()


def test_a_coordinator_of_a_local_agreement_gives_nothing_above_it(client, world, anna, bo):
    local = local_under(world.agreement)
    Seat.objects.filter(group__agreement=local).delete()
    lower = make_user("lokal@example.org")
    grant(lower, "edit_structure", local)
    grant(bo, "view_agreement", local)
    client.force_login(lower)
    client.post(GIVE, giving(bo, "edit_structure", world.agreement) | SAVE)
    assert not Act.objects.filter(verb="grant").exists()
    client.post(GIVE, giving(bo, "edit_structure", local) | SAVE)
    assert fresh(bo).has_perm("governance.edit_structure", local)
    row = anna.agreementusergrant_set.get()
    assert client.get(f"{LIST}overenskommelse/{row.pk}/ta-bort/").status_code == 404


def test_the_last_coordinator_keeps_the_right(as_anna, anna, world, bo):
    row = anna.agreementusergrant_set.get()
    link = f"{LIST}overenskommelse/{row.pk}/ta-bort/"
    page = as_anna.post(link, SAVE, follow=True)
    assert "det sista som kan ändra strukturen i Överenskommelse i Provstad" in text(page)
    assert "driftansvarig" in text(page)
    assert fresh(anna).has_perm("governance.edit_structure", world.agreement)
    assert not Act.objects.filter(verb="revoke").exists()
    grant(bo, "edit_structure", world.agreement)
    assert as_anna.post(link, SAVE).url == "/konto/"
    assert list(coordinators(world.agreement)) == [bo]


def test_a_closed_account_does_not_count_as_a_coordinator(as_anna, anna, world, bo):
    grant(bo, "edit_structure", world.agreement)
    User.objects.filter(pk=bo.pk).update(is_active=False)
    row = anna.agreementusergrant_set.get()
    as_anna.post(f"{LIST}overenskommelse/{row.pk}/ta-bort/", SAVE)
    assert anna.agreementusergrant_set.exists()


def test_closing_the_last_coordinator_is_refused_whoever_asks(anna, world):
    with pytest.raises(ValidationError, match="det sista som kan ändra strukturen"):
        close(user=None, account=anna, agreement=world.agreement)
    assert fresh(anna).is_active
    assert fresh(anna).has_usable_password()


def test_a_coordinator_above_counts_for_a_local_agreement(anna, world, bo):
    local = local_under(world.agreement)
    grant(bo, "edit_structure", local)
    revoke(user=anna, grant=bo.agreementusergrant_set.get(), agreement=local)
    assert not bo.agreementusergrant_set.exists()


def test_grants_of_others_are_404(as_anna, elsewhere, stranger):
    grant(stranger, "edit_roster", elsewhere.group)
    row = stranger.steeringgroupusergrant_set.get()
    for noun in ("grupp", "organisation", "nonsens"):
        assert as_anna.post(f"{LIST}{noun}/{row.pk}/ta-bort/", SAVE).status_code == 404
    assert stranger.steeringgroupusergrant_set.exists()
    assert "Annanstad" not in text(as_anna.get(LIST))


def test_a_grant_from_before_acts_says_that_the_day_is_missing(as_anna, world, anna):
    anna.agreementusergrant_set.get().history.all().delete()
    assert "uppgift saknas" in text(as_anna.get(LIST))
