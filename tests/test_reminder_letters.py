"""Reminders: who is told of what, and what stands in a letter."""

import re
from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from guardian.shortcuts import assign_perm

from governance.models import Organization, Reminder, User
from governance.services.reminders import remind
from governance.temporal import today
from tests.days import day
from tests.reminders import MONDAY, news, quiet_world, sums
from tests.worlds import (
    FIRST,
    World,
    appoint,
    grant,
    local_under,
    make_group,
    make_person,
    make_seat,
    make_user,
    make_world,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(empty_database) -> World:
    return quiet_world()


# -- to whom -----------------------------------------------------------------------------------


def test_everybody_gets_one_letter_with_what_is_theirs(world, anna, keeper, stina, letters):
    other = make_group(world.agreement, "Andra gruppen")
    make_seat(other, world.company, "provstad-vd")
    remind(day=MONDAY)
    told = {letter.to[0]: news(letter.body) for letter in letters}
    assert set(told) == {"anna@example.org", "bemannar@example.org", "stina@example.org"}
    assert set(told["bemannar@example.org"]) | set(told["stina@example.org"]) < set(
        told["anna@example.org"]
    )
    assert not any("Andra gruppen" in line for line in told["bemannar@example.org"])
    assert all("Provstads bostäder" in line for line in told["stina@example.org"])
    assert len(told["stina@example.org"]) == 4
    registration = "Andra gruppen: beslutet att skapa gruppen är inte registrerat."
    assert [who for who, lines in told.items() if registration in lines] == ["anna@example.org"]


def test_who_appoints_for_an_organisation_is_told_of_those_under_it(world, stina, letters):
    below = Organization.objects.create(
        name="Dotterbolaget", slug="dotter", kind="bolag", parent=world.company, valid_from=FIRST
    )
    make_seat(world.group, below, "dotter-vd")
    world.city.mailbox = ""
    remind(day=MONDAY)
    [letter] = [each for each in letters if each.to == [stina.email]]
    assert any("Dotterbolaget" in line for line in news(letter.body))
    assert letter.body.count("På platserna för") == 1


def test_a_right_given_to_a_group_of_accounts_counts(world, letters):
    team, user = Group.objects.create(name="lag"), make_user("lag@example.org")
    assign_perm("edit_roster", team, world.group)
    user.groups.add(team)
    remind(day=MONDAY)
    assert [letter.to for letter in letters] == [["lag@example.org"]]


def test_two_agreements_give_two_letters(world, anna, letters):
    local = local_under(world.agreement)
    make_group(local, "Grupp i lokal överenskommelse")
    remind(day=MONDAY)
    assert [letter.to for letter in letters] == [["anna@example.org"]] * 2
    assert {row.agreement for row in Reminder.objects.all()} == {world.agreement, local}


def test_secretaries_chairs_and_readers_are_not_mailed(world, bo, letters):
    appoint(world.chair, bo.person)
    world.agreement.mailbox = ""
    world.agreement.save()
    remind(day=MONDAY)
    assert letters == []


def test_without_an_account_the_groups_mailbox_is_written_to_else_the_agreements(world, letters):
    other = make_group(world.agreement, "Andra gruppen")
    world.group.mailbox = "gruppen@example.org"
    world.group.save()
    remind(day=MONDAY)
    told = {letter.to[0]: letter.body for letter in letters}
    assert set(told) == {"gruppen@example.org", world.agreement.mailbox}
    assert "Andra gruppen" not in told["gruppen@example.org"]
    assert f"/styrgrupper/{other.slug}/" in told[world.agreement.mailbox]
    remind(day=MONDAY)
    assert len(letters) == 2
    rows = Reminder.objects.order_by("mailbox").values_list("user", "mailbox")
    assert list(rows) == [(None, "gruppen@example.org"), (None, world.agreement.mailbox)]


def test_a_mailbox_gets_only_what_no_account_may_change(world, keeper, letters):
    make_group(world.agreement, "Andra gruppen")
    remind(day=MONDAY)
    told = {letter.to[0]: news(letter.body) for letter in letters}
    assert all("Andra gruppen" in line for line in told[world.agreement.mailbox])
    assert not any("Andra gruppen" in line for line in told["bemannar@example.org"])


def test_a_closed_account_is_as_none(world, keeper, letters):
    keeper.is_active = False
    keeper.save()
    remind(day=MONDAY)
    assert [letter.to for letter in letters] == [[world.agreement.mailbox]]


def test_work_that_nobody_can_be_told_of_is_said(world, letters):
    world.agreement.mailbox = ""
    world.agreement.save()
    out = StringIO()
    call_command("send_reminders", "--date", str(MONDAY), stdout=out)
    assert "Ingen kan påminnas om Lokala gruppen i Provstad" in out.getvalue()
    assert letters == []


def test_a_taken_right_ends_the_letters(world, stina, keeper, letters):
    stina.organizationusergrant_set.all().delete()
    remind(day=MONDAY)
    assert [letter.to for letter in letters] == [["bemannar@example.org"]]


def test_two_municipalities_know_nothing_of_each_other(world, anna, letters):
    other = make_world("Annanstad")
    frans = make_user("frans@example.org")
    grant(frans, "edit_structure", other.agreement)
    remind(day=MONDAY)
    told = {letter.to[0]: letter.subject + letter.body for letter in letters}
    assert set(told) == {"anna@example.org", "frans@example.org"}
    assert "annanstad" not in told["anna@example.org"].lower()
    assert "provstad" not in told["frans@example.org"].lower()


# -- what stands in it ---------------------------------------------------------------------------


def test_no_name_stands_in_a_letter_or_in_what_is_kept_of_it(world, anna, keeper, letters, caplog):
    for number, protected in enumerate([False, True]):
        seat = make_seat(world.group, world.city, "provstad-jurist", number=number + 1)
        person = make_person(world.city, "Hemlig", "Skyddsson", protected=protected, title="Jurist")
        appoint(seat, person, FIRST, day("2026-12-01"))
    out = StringIO()
    call_command("send_reminders", "--date", str(MONDAY), stdout=out)
    said = out.getvalue()
    kept = "".join(f"{row.subject}{row.text}{row.told}" for row in Reminder.objects.all())
    sent = "".join(letter.subject + letter.body for letter in letters)
    assert "uppdraget går ut den 1 december 2026" in sent
    for name in ("Hemlig", "Skyddsson", "Anna", "Provgren", "Berit", "anna@", "bemannar@"):
        assert name not in kept + sent + said + caplog.text


def test_each_link_opens_for_its_recipient_and_each_count_is_that_of_its_list(
    client, world, anna, keeper, stina, letters
):
    make_seat(make_group(world.agreement, "Andra gruppen"), world.company, "provstad-vd")
    appoint(world.chair, make_person(world.city), FIRST, today())
    appoint(world.secretary, make_person(world.city), FIRST, day("2024-01-01"))
    remind(day=today())
    assert len(letters) == 3
    for letter in letters:
        client.force_login(User.objects.get(email=letter.to[0]))
        assert len(sums(letter.body)) >= 2
        for number, address in sums(letter.body):
            context = client.get(address).context
            if address.startswith("/uppdrag/"):
                assert context["page"].paginator.count == number, address
            else:
                assert address.startswith("/styrgrupper/?")
                assert len(context["rows"]) == number, address
        for address in re.findall(r"http://127.0.0.1:8000(\S+)", letter.body):
            assert client.get(address).status_code == 200, address


def test_links_begin_with_the_address_of_the_site(world, keeper, letters, settings):
    settings.SITE_URL = "https://samverkan.example.se"
    remind(day=MONDAY)
    assert "https://samverkan.example.se/paminnelser/" in letters[0].body
    assert "127.0.0.1" not in letters[0].body
    assert letters[0].extra_headers["Auto-Submitted"] == "auto-generated"
