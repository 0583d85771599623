"""What is known of a person: put right, moved, reached, protected; one act each."""

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, ContactDetail, Mandate, Person, PersonName
from governance.services import contact_details, people, protection
from governance.services.acts import Stale
from governance.services.contact_details import Contact, normalised
from governance.services.traces import REMOVED
from governance.swedish import phone_number
from tests.days import day
from tests.verbs import caused, refused
from tests.worlds import appoint, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def hanna(world) -> Person:
    return make_person(world.company, "Hanna", "Provlund", title="chef")


def contacts_of(person) -> list[tuple[str, str, bool]]:
    return [(row.kind, row.value, row.main) for row in person.contact_details.all()]


def give(person, *contacts, agreement=None, **more) -> Act:
    return contact_details.set_contacts(
        user=None, person=person, agreement=agreement, contacts=contacts, **more
    )


# -- name, title, work ---------------------------------------------------------------------


def test_a_name_and_a_title_are_put_right_without_a_word_of_them_in_the_act(world, hanna):
    mandate = Mandate.objects.create(
        seat=world.member, person=hanna, valid_from=day("2021-01-01"), title_then="chef"
    )
    act = people.describe(
        user=None,
        person=hanna,
        agreement=world.agreement,
        given_name=" Hannah ",
        family_name="Provlund",
        title="enhetschef",
    )
    hanna.refresh_from_db()
    mandate.refresh_from_db()
    assert (PersonName.objects.get(person=hanna).full, hanna.title) == (
        "Hannah Provlund",
        "enhetschef",
    )
    assert mandate.title_then == "enhetschef"
    assert caused(act) == [("mandate", "~"), ("person", "~"), ("personname", "~")]
    assert "Hanna" not in act.summary


def test_a_name_that_may_not_be_seen_is_left_as_it_is(world, hanna):
    people.describe(user=None, person=hanna, agreement=world.agreement, title="vd")
    assert PersonName.objects.get(person=hanna).full == "Hanna Provlund"
    said = refused(people.describe, user=None, person=hanna, agreement=None, title="vd")
    assert said == {"": ["Uppgifterna är redan sådana. Inget har ändrats."]}


def test_new_work_leaves_mandates_with_the_title_of_their_time(world, hanna):
    before = appoint(world.member, hanna, day("2021-01-01"), day("2021-12-31"))
    now = appoint(world.secretary, hanna, day("2024-01-01"))
    act = people.move(
        user=None,
        person=hanna,
        agreement=world.agreement,
        organization=world.city,
        title="direktör",
        day=day("2025-01-01"),
    )
    hanna.refresh_from_db()
    assert (hanna.organization, hanna.title) == (world.city, "direktör")
    for mandate in (before, now):
        mandate.refresh_from_db()
        assert mandate.title_then == "chef"
    assert "ligger kvar" not in act.summary
    back = people.move(
        user=None,
        person=hanna,
        agreement=None,
        organization=world.company,
        title="direktör",
        day=day("2025-01-01"),
    )
    assert "1 uppdrag för Provstads stad ligger kvar." in back.summary


# -- contact details ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "stored", "read"),
    [
        ("070-123 45 67", "+46701234567", "070-123 45 67"),
        ("+46 (0)70-123 45 67", "+46701234567", "070-123 45 67"),
        ("0046 70 123 45 67", "+46701234567", "070-123 45 67"),
        ("08-508 00 000", "+46850800000", "08-508 00 000"),
        ("+45 33 66 33 66", "+4533663366", "+4533663366"),
    ],
)
def test_a_number_is_stored_alike_however_it_is_typed(typed, stored, read):
    assert normalised("mobile", typed) == stored
    assert phone_number(stored) == read
    assert normalised("mobile", read) == stored


@pytest.mark.parametrize("typed", ["508 00 000", "ring växeln", "07", "0" * 30, "070-12x", "+0123"])
def test_what_is_no_number_is_refused_in_a_sentence(typed):
    with pytest.raises(ValidationError, match="Skriv numret med riktnummer"):
        normalised("phone", typed)


def test_details_are_added_changed_and_removed_and_one_is_the_main(world, hanna):
    act = give(hanna, Contact("mobile", "070-123 45 67"), Contact("email", "Hanna@Example.org"))
    assert contacts_of(hanna) == [
        ("email", "hanna@example.org", True),
        ("mobile", "+46701234567", False),
    ]
    assert caused(act) == [("contactdetail", "+")] * 2
    assert "hanna@" not in act.summary.lower()
    act = give(
        hanna, Contact("email", "ny@example.org"), Contact("mobile", "0701234567", main=True)
    )
    assert contacts_of(hanna) == [
        ("mobile", "+46701234567", True),
        ("email", "ny@example.org", False),
    ]
    assert act.summary.splitlines()[1:] == [
        "E-post ändras.",
        "Mobil är den huvudsakliga uppgiften.",
    ]
    give(hanna)
    assert contacts_of(hanna) == []


def test_the_same_details_once_more_are_no_change(hanna):
    give(hanna, Contact("email", "h@example.org"))
    with pytest.raises(ValidationError, match="redan sådana"):
        give(hanna, Contact("email", "H@example.org"))


def test_who_comes_too_late_changes_nothing(hanna):
    seen = people.last_seen_person(hanna)
    give(hanna, Contact("email", "h@example.org"), seen=seen)
    with pytest.raises(Stale, match="Uppgifterna har ändrats"):
        give(hanna, Contact("email", "annan@example.org"), seen=seen)
    assert contacts_of(hanna) == [("email", "h@example.org", True)]


# -- protection ---------------------------------------------------------------------------


def test_protecting_hides_cleans_and_says_what_it_did(world, hanna):
    give(hanna, Contact("email", "h@example.org"), Contact("mobile", "0701234567"))
    world.group.note = "Hanna Provlund, 070-123 45 67, sammankallar."
    world.group.save()
    world.member.mailbox = "hanna.provlund@example.org"
    world.member.save()
    act = protection.protect(user=None, person=hanna, agreement=world.agreement)
    hanna.refresh_from_db()
    world.group.refresh_from_db()
    world.member.refresh_from_db()
    assert hanna.protected
    assert contacts_of(hanna) == []
    assert world.group.note == f"{REMOVED}, {REMOVED}, sammankallar."
    assert world.member.mailbox == ""
    kinds = {noun for noun, _ in caused(act)}
    assert kinds == {"contactdetail", "person", "seat", "steeringgroup"}
    assert "2 kontaktuppgifter tas bort." in act.summary
    # two rows, and the rows of their history from before
    assert "Namnet tas bort på 4 andra ställen" in act.summary


def test_a_switchboard_and_a_functional_mailbox_are_nobodys_own(world, hanna):
    world.member.mailbox = "provstad@example.org"
    world.member.save()
    world.group.note = "Växel 08-508 00 000, provstad@example.org"
    world.group.save()
    other = make_person(world.company, "Otto", "Provbytare")
    give(other, Contact("mobile", "0701234567"))
    give(
        hanna,
        Contact("email", "provstad@example.org"),
        Contact("phone", "08-508 00 000"),
        Contact("mobile", "0701234567"),
    )
    protection.protect(user=None, person=hanna, agreement=None)
    world.group.refresh_from_db()
    world.member.refresh_from_db()
    assert world.group.note == "Växel 08-508 00 000, provstad@example.org"
    assert world.member.mailbox == "provstad@example.org"
    assert contacts_of(other) == [("mobile", "+46701234567", True)]


def test_protecting_once_more_cleans_what_was_written_since(world, hanna):
    protection.protect(user=None, person=hanna, agreement=None)
    with pytest.raises(ValidationError, match="redan skyddad"):
        protection.protect(user=None, person=hanna, agreement=None)
    world.group.note = "Provlund, Hanna"
    world.group.save()
    protection.protect(user=None, person=hanna, agreement=None)
    world.group.refresh_from_db()
    assert world.group.note == REMOVED


def test_the_name_of_somebody_else_is_not_touched(world, hanna):
    namesake = make_person(world.city, "Hanna", "Provlund")
    world.group.note = "Hanna Provberg och Anna Provlund"
    world.group.save()
    protection.protect(user=None, person=hanna, agreement=None)
    world.group.refresh_from_db()
    assert world.group.note == "Hanna Provberg och Anna Provlund"
    assert PersonName.objects.get(person=namesake).full == "Hanna Provlund"


def test_nobody_protected_gets_details_of_their_own(world, hanna):
    protection.protect(user=None, person=hanna, agreement=None)
    with pytest.raises(ValidationError, match="skyddade personuppgifter"):
        give(hanna, Contact("email", "h@example.org"))
    assert not ContactDetail.objects.filter(person=hanna).exists()


def test_a_protection_that_is_lifted_shows_the_name_again(world, hanna):
    protection.protect(user=None, person=hanna, agreement=None)
    act = protection.unprotect(user=None, person=hanna, agreement=None)
    hanna.refresh_from_db()
    assert not hanna.protected
    assert "Namnet visas igen" in act.summary
    with pytest.raises(ValidationError, match="inte skyddad"):
        protection.unprotect(user=None, person=hanna, agreement=None)


def test_the_address_of_the_account_stays_but_is_shown_to_nobody_else(world, hanna):
    hanna.user = make_user("hanna.provlund@example.org")
    hanna.save()
    assert hanna.user.shown == "hanna.provlund@example.org"
    act = protection.protect(user=None, person=hanna, agreement=None)
    account = Person.objects.get(pk=hanna.pk).user
    assert account.email == "hanna.provlund@example.org"
    assert "hanna" not in account.shown
    assert "Kontots adress finns kvar" in act.summary
