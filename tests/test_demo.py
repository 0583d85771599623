"""`demo`: invented people in an own database, put there once and never among real data."""

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db.models import Count

from governance import permissions
from governance.models import (
    Agreement,
    Goal,
    GroupDecision,
    Holding,
    LocalPriority,
    Mandate,
    Measure,
    Organization,
    Person,
    PersonName,
    Property,
    Seat,
    SituationPicture,
    SteeringGroup,
    User,
)
from governance.queries.faults import CHECKS
from governance.queries.wanted import total, wishes
from governance.rights import rights
from governance.services.demo import PASSWORD
from governance.services.demo_people import SIGN_INS
from governance.services.groups import describe
from governance.temporal import today
from tests.verbs import counts
from tests.worlds import make_group, make_person, make_user, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.once("sqlite")]


@pytest.fixture
def demo(empty_database) -> None:
    call_command("demo")


def persona(first_name: str) -> User:
    return User.objects.get(email__startswith=f"{first_name}.")


# -- what is put there ---------------------------------------------------------------------


def test_an_empty_database_gets_structure_people_and_sign_ins(empty_database, capsys):
    call_command("demo", port=8123)
    printed = capsys.readouterr().out
    assert "119 platser i gruppen" in printed
    assert "http://127.0.0.1:8123/lokala-styrgrupper/" in printed
    assert "8000" not in printed
    assert PASSWORD in printed
    for each in SIGN_INS:
        assert f"{each.email} " in printed
        assert each.may in printed


def test_every_sign_in_works_with_a_password_that_the_app_would_accept(demo, rf):
    for each in SIGN_INS:
        user = authenticate(rf.post("/"), username=each.email, password=PASSWORD)
        assert user is not None
        validate_password(PASSWORD, user)
    assert User.objects.count() == len(SIGN_INS) == 9


def test_seats_are_filled_vacant_ended_ending_and_to_come(demo):
    day = today()
    held = Mandate.objects.as_of(day)
    seats = Seat.objects.as_of(day)
    assert seats.filter(mandates=None).exists()
    assert seats.exclude(mandates__in=held).filter(mandates__in=Mandate.objects.ended(day)).exists()
    assert held.exclude(valid_through=None).exists()
    assert (
        seats.exclude(mandates__in=held).filter(mandates__in=Mandate.objects.upcoming(day)).exists()
    )
    assert Mandate.objects.filter(end_reason=Mandate.EndReason.GROUP_ENDED).exists()
    assert seats.filter(mandates__in=held).count() > seats.count() / 2


def test_wishes_are_met_at_too_low_a_level_ending_vacant_and_without_a_seat(demo):
    found = total(wishes(SteeringGroup.objects.all(), today()))
    assert set(found) == {"filled", "ending", "wrong_level", "vacant", "no_seat"}
    assert found.total() == 79


def test_every_mandate_is_marked_as_example_and_no_name_is_used_twice(demo):
    assert set(Mandate.objects.values_list("source_mark", flat=True)) == {"example"}
    full = [name.full for name in PersonName.objects.all()]
    assert len(set(full)) == len(full) == Person.objects.count() > 100


def test_addresses_are_invented_and_say_so(demo):
    boxes = set()
    for noun in (Agreement, SteeringGroup, Seat):
        boxes |= set(noun.objects.exclude(mailbox="").values_list("mailbox", flat=True))
    assert len(boxes) > 100
    assert all(box.startswith("exempel-") and box.endswith("@example.org") for box in boxes)


def test_four_groups_have_something_to_follow_up_and_every_row_would_pass_its_form(demo):
    rows = [*LocalPriority.objects.all(), *Goal.objects.all(), *Measure.objects.all()]
    rows += SituationPicture.objects.all()
    for row in rows:
        row.full_clean()
    groups = [row.group.slug for row in rows]
    assert {slug: groups.count(slug) for slug in groups} == {
        "farsta": 4 + 2 + 4 + 3 + 1,
        "rinkeby-kista": 3 + 1 + 4,
        "spanga-tensta": 3 + 1 + 4,
        "skarholmen": 3 + 4,
    }
    assert [goal.baseline for goal in Goal.objects.order_by("pk")] == [12, 12, 21, 26]


def test_marks_of_the_real_rows_are_left_as_they_were(demo):
    assert not Agreement.objects.filter(source_mark="example").exists()
    assert not SteeringGroup.objects.filter(source_mark="example").exists()


def test_a_protected_person_sits_in_farsta_and_only_siri_reads_the_name(demo):
    farsta = SteeringGroup.objects.get(slug="farsta")
    held = Mandate.objects.as_of(today()).filter(seat__group=farsta, person__protected=True)
    [person] = [mandate.person for mandate in held]
    shown = {
        name: permissions.names(persona(name), [person], farsta.agreement)[person.pk]
        for name in ["karin", "sven", "siri"]
    }
    assert shown["karin"] is shown["sven"] is None
    assert shown["siri"]


MAY = {
    "karin": {"edit_roster", "edit_priorities", "edit_group_contacts", "enter_followup"},
    "rut": {"edit_roster", "edit_priorities", "edit_group_contacts"},
    "sven": {"edit_priorities", "enter_followup"},
    "olle": {"adopt_followup"},
    "fatima": set(),
    "patrik": set(),
    "siri": set(),
    "diana": set(),
    "utan": set(),
}


@pytest.mark.parametrize("name", MAY)
def test_each_may_do_in_farsta_what_the_list_says(demo, name):
    user, farsta = persona(name), SteeringGroup.objects.get(slug="farsta")
    asked = set().union(*MAY.values())
    assert {right for right in asked if permissions.allowed(user, right, farsta)} == MAY[name]
    belongs = name not in {"diana", "utan"}
    assert bool(rights(user).agreements) is belongs
    assert user.is_staff is user.is_superuser is (name == "diana")


def test_fatima_fills_the_companys_seats_and_no_other(demo):
    fatima, farsta = persona("fatima"), SteeringGroup.objects.get(slug="farsta")
    seats = farsta.seats.select_related("organization", "group__agreement")
    own = {seat.organization.slug for seat in seats if permissions.may_fill(fatima, seat)}
    assert own == {"stockholmshem"}


def test_the_demo_has_no_fault_that_check_data_finds(demo):
    assert [fault for check in CHECKS for fault in check()] == []


def test_everything_was_one_act_and_bears_it(demo):
    for noun in (User, Person, PersonName, Mandate):
        rows = noun.history.all()
        assert rows.count() == noun.objects.count()
        assert len({row.caused_by_id for row in rows} - {None}) == 1
        assert not rows.filter(caused_by=None).exists()


# -- run again -------------------------------------------------------------------------------


def test_the_second_run_changes_no_table(demo, capsys):
    before = counts()
    call_command("demo")
    assert counts() == before
    assert "Det som har skrivits in är kvar." in capsys.readouterr().out


def test_what_was_entered_after_the_first_run_is_kept(demo):
    karin = persona("karin")
    karin.set_password("mitt-eget-lösenord")
    karin.save()
    farsta = SteeringGroup.objects.get(slug="farsta")
    describe(user=karin, group=farsta, name="Ny styrgrupp i Farsta", mailbox="")
    invited = make_user("inbjuden@example.se")
    make_person(Organization.objects.get(slug="stockholmshem"), user=invited)
    own = make_group(farsta.agreement, "Egen grupp")
    Mandate.objects.first().delete()
    before = counts()
    call_command("demo")
    assert counts() == before
    farsta.refresh_from_db()
    assert (farsta.name, farsta.mailbox) == ("Ny styrgrupp i Farsta", "")
    assert User.objects.get(pk=karin.pk).check_password("mitt-eget-lösenord")
    assert SteeringGroup.objects.filter(pk=own.pk).exists()
    assert User.objects.filter(pk=invited.pk).exists()


# -- refusals --------------------------------------------------------------------------------


def refusal() -> str:
    before = counts()
    with pytest.raises(CommandError) as refused:
        call_command("demo")
    assert refused.value.returncode == 1
    assert counts() == before
    return str(refused.value)


def test_real_use_is_refused(empty_database, settings):
    settings.PRODUCTION = True
    assert "körs inte i skarp drift" in refusal()


def test_real_use_is_refused_also_where_a_demo_is_in_place(demo, settings):
    settings.PRODUCTION = True
    assert "körs inte i skarp drift" in refusal()


def test_a_database_with_somebodys_account_is_refused(structure):
    make_user("riktig@stad.example")
    message = refusal()
    assert "Databasen innehåller redan annat än strukturen: 1 konto." in message
    assert "DATABASE_URL" in message
    assert "stad.example" not in message


def test_a_database_with_persons_is_refused_and_names_nobody(structure):
    make_person(Organization.objects.first(), "Rakel", "Riktig")
    message = refusal()
    assert "1 person." in message
    assert "Riktig" not in message


def test_a_database_with_another_agreement_is_refused(structure):
    make_world("Annanstad")
    message = refusal()
    assert "3 egna organisationer, 1 egen överenskommelse och 2 egna styrgrupper" in message


def test_a_database_where_the_structure_was_changed_is_refused(farsta):
    describe(user=None, group=farsta, name="Annat namn")
    assert "1 ändring." in refusal()


def test_a_database_with_the_structure_only_is_accepted(structure):
    decisions = GroupDecision.objects.count()
    call_command("demo")
    assert User.objects.count() == 9
    assert GroupDecision.objects.count() == decisions


def test_the_demo_has_an_invented_stock_of_four_companies_and_one_without(demo):
    from_files = {"stockholmshem": 48, "svenska-bostader": 40, "familjebostader": 30, "sisab": 24}
    held = Holding.objects.values_list("organization__slug")
    assert dict(held.annotate(Count("pk"))) == from_files
    invented = ("Exempel", "Prov", "Påhitts", "Övnings")
    assert not Holding.objects.exclude(source_mark="example").exists()
    assert all(row.tract.startswith(invented) for row in Property.objects.all())
    assert Property.objects.filter(hidden=True).count() == 1
    assert Property.objects.filter(stated_area=None).count() == 8
    assert Property.objects.values("stated_area").distinct().count() > 20
