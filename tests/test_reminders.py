"""Reminders: who is told, of what, when, and that it is done once."""

from io import StringIO

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import CommandError, call_command

from governance.models import Reminder
from governance.services.reminders import remind
from governance.temporal import today
from tests.at_once import at_the_same_time
from tests.days import day
from tests.reminders import MONDAY, TUESDAY, fill, news, quiet_world, sums
from tests.worlds import (
    World,
    appoint,
    grant,
    make_person,
    make_seat,
    make_user,
    make_world,
)

pytestmark = pytest.mark.django_db
COMMAND = "governance.management.commands.send_reminders"


@pytest.fixture
def world(empty_database) -> World:
    return quiet_world()


def run(*arguments: str) -> str:
    out = StringIO()
    call_command("send_reminders", *arguments, stdout=out)
    return out.getvalue()


# -- when ------------------------------------------------------------------------------------


def test_letters_are_sent_on_mondays(world, keeper, letters, monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.today", lambda: MONDAY)
    assert "1 brev skickades" in run()
    assert [letter.to for letter in letters] == [["bemannar@example.org"]]


def test_on_another_day_nothing_is_sent_and_it_says_why(world, keeper, letters, monkeypatch):
    monkeypatch.setattr(f"{COMMAND}.today", lambda: TUESDAY)
    said = run()
    assert "skickas på måndagar, nästa gång den 30 november 2026" in said
    assert letters == []
    assert not Reminder.objects.exists()


def test_a_given_date_is_acted_on_whatever_day_it_is(world, keeper, letters):
    run("--date", "2026-11-24")
    assert Reminder.objects.get().day == TUESDAY
    assert len(letters) == 1


@pytest.mark.parametrize("text", ["2026-02-30", "i morgon", "0001-01-01"])
def test_what_is_no_date_is_refused_in_a_sentence(world, keeper, letters, text):
    with pytest.raises(CommandError, match=f"{text} är inget datum"):
        run("--date", text)
    assert letters == []


def test_a_dry_run_shows_the_letters_and_sends_and_writes_nothing(world, keeper, letters):
    said = run("--dry-run", "--date", str(MONDAY))
    assert f"Till konto {keeper.pk}: 7 nya saker att göra" in said
    assert "Provstad-chef, Provstads bostäder i Lokala gruppen i Provstad är vakant." in said
    assert "1 brev skulle skickas" in said
    assert "bemannar" not in said
    assert letters == []
    assert not Reminder.objects.exists()


# -- only what is new --------------------------------------------------------------------------


def test_run_twice_it_sends_once(world, keeper, letters):
    remind(day=MONDAY)
    again = remind(day=MONDAY)
    assert (len(letters), again.silent, again.letters) == (1, 1, [])
    remind(day=day("2026-11-30"))
    assert len(letters) == 1
    assert Reminder.objects.count() == 1


def test_the_next_letter_marks_what_is_new_and_sums_up_the_rest(world, keeper, letters):
    remind(day=MONDAY)
    make_seat(world.group, world.company, "provstad-ny")
    remind(day=MONDAY)
    assert news(letters[1].body) == [
        "Provstad-ny, Provstads bostäder i Lokala gruppen i Provstad är vakant."
    ]
    assert "1 ny sak att göra" in letters[1].subject
    assert 4 in {number for number, address in sums(letters[1].body) if "vakanta" in address}


def test_what_was_solved_and_came_back_is_new_again(world, keeper, letters):
    fill(world)
    mandate = world.member.mandates.get()
    mandate.valid_through, mandate.end_reason = day("2026-11-20"), "left"
    mandate.save()
    remind(day=MONDAY)
    assert len(letters) == 1
    followed = appoint(
        world.member, make_person(world.company), day("2026-11-21"), day("2027-05-01")
    )
    remind(day=day("2026-11-30"))
    assert len(letters) == 1
    followed.valid_through, followed.end_reason = day("2026-12-01"), "left"
    followed.save()
    remind(day=day("2026-12-07"))
    assert "är vakant." in news(letters[1].body)[-1]


def test_with_nothing_to_do_nothing_is_sent(world, keeper, letters):
    fill(world)
    sent = remind(day=today())
    assert (sent.letters, sent.silent, letters) == ([], 0, [])


def test_a_long_letter_is_cut_and_says_so(world, keeper, letters):
    for number in range(2, 60):
        make_seat(world.group, world.company, "provstad-chef", number=number)
    remind(day=MONDAY)
    assert len(news(letters[0].body)) == 30
    assert "Och 35 till, som finns i listorna" in letters[0].body
    assert len(Reminder.objects.get().told) == 65
    assert remind(day=MONDAY).letters == []


# -- when mail fails, and two at once ----------------------------------------------------------


class FailsForAnna(EmailBackend):
    def send_messages(self, messages):
        if messages[0].to == ["anna@example.org"]:
            raise OSError("anna@example.org: no route to host")
        return super().send_messages(messages)


def test_when_mail_fails_for_one_the_others_get_theirs_and_nobody_is_marked_wrongly(
    world, anna, keeper, letters, settings, caplog
):
    locmem, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, f"{__name__}.FailsForAnna"
    with pytest.raises(CommandError) as failure:
        run("--date", str(MONDAY))
    assert str(failure.value).startswith(f"1 brev kunde inte skickas: konto {anna.pk}. ")
    assert "anna@" not in str(failure.value) + caplog.text
    assert f"påminnelsen till konto {anna.pk} gick inte: OSError" in caplog.text
    assert [row.user for row in Reminder.objects.all()] == [keeper]
    settings.EMAIL_BACKEND = locmem
    assert "1 brev skickades" in run("--date", str(MONDAY))
    assert [letter.to[0] for letter in letters] == ["bemannar@example.org", "anna@example.org"]


def test_a_server_that_takes_nothing_marks_nobody(world, anna, keeper, letters, settings):
    settings.EMAIL_BACKEND = "tests.letters.Broken"
    sent = remind(day=MONDAY)
    assert len(sent.failed) == 2
    assert not Reminder.objects.exists()
    assert letters == []


@pytest.mark.django_db(transaction=True)
def test_two_rounds_at_the_same_time_send_each_letter_once(structure, letters):
    ours = make_world("Samtidstad")
    for number in range(3):
        user = make_user(f"konto{number}@example.org")
        grant(user, "edit_structure", ours.agreement)
    rounds = at_the_same_time(*[lambda: remind(day=MONDAY)] * 4)
    assert [type(each).__name__ for each in rounds] == ["Sent"] * 4
    assert not any(each.failed for each in rounds)
    own = [letter.to[0] for letter in letters if letter.to[0].startswith("konto")]
    assert sorted(own) == [f"konto{number}@example.org" for number in range(3)]
    assert Reminder.objects.filter(agreement=ours.agreement).count() == 3
