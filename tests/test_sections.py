"""Several people write one follow-up: no save overwrites another's newer text in silence."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from governance.models import Act, FollowUp, FollowUpSection, User
from governance.services.sections import LONGEST, Conflict, save_section
from tests.at_once import at_the_same_time
from tests.following import make_followup, make_sections
from tests.worlds import make_user, make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def section(world) -> FollowUpSection:
    followup = make_followup(world.group)
    return next(each for each in make_sections(followup) if each.kind == "analysis")


def save(user: User, section: FollowUpSection, text: str, based_on: int, **more):
    given = {"judgement": "", "done": False, **more}
    return save_section(user=user, section=section, text=text, based_on=based_on, **given)


def stored(section: FollowUpSection) -> tuple[str, int]:
    row = FollowUpSection.objects.get(pk=section.pk)
    return row.text, row.revision


def test_a_save_counts_up_and_says_who(section, anna):
    assert save(anna, section, "Ett.", 0).revision == 1
    assert save(anna, section, "Två.", 1).revision == 2
    row = FollowUpSection.objects.get(pk=section.pk)
    assert (row.text, row.revision, row.edited_by) == ("Två.", 2, anna)
    assert row.edited_at is not None


def test_a_save_based_on_an_older_text_is_refused_with_the_newer_one(section, anna, bo):
    save(anna, section, "Annas.", 0)
    with pytest.raises(Conflict) as refusal:
        save(bo, section, "Bos.", 0)
    assert (refusal.value.section.text, refusal.value.section.edited_by) == ("Annas.", anna)
    assert stored(section) == ("Annas.", 1)
    assert save(bo, section, "Bos.", 1).revision == 2


def test_a_save_whose_answer_was_lost_is_not_done_twice(section, anna):
    save(anna, section, "Annas.", 0)
    assert save(anna, section, "Annas.", 0).revision == 1
    assert save(anna, section, "Annas.\r\n", 1).revision == 2
    assert save(anna, section, "Annas.\n", 1).revision == 2


def test_two_sections_do_not_disturb_each_other(section, anna, bo):
    other = section.followup.sections.get(kind="process")
    save(anna, section, "Annas.", 0)
    save(bo, other, "Bos.", 0)
    assert (stored(section)[0], stored(other)[0]) == ("Annas.", "Bos.")


def test_a_draft_saves_with_anything_missing(section, anna):
    assert save(anna, section, "", 0).revision == 0
    assert save(anna, section, "", 0, done=True).done
    challenge = section.followup.sections.get(kind="challenge")
    assert save(anna, challenge, "", 0, judgement="partly").revision == 1


def test_an_autosave_leaves_no_history_and_ticking_off_does(section, anna):
    before = FollowUpSection.history.count()
    save(anna, section, "Text.", 0)
    assert (FollowUpSection.history.count(), Act.objects.filter(verb="follow").count()) == (
        before,
        0,
    )
    save(anna, section, "Text. Mer.", 1, done=True)
    act = Act.objects.get(verb="follow")
    row = FollowUpSection.history.latest("history_id")
    assert (row.text, row.done, row.caused_by_id) == ("Text. Mer.", True, act.pk)
    assert act.summary.endswith("avsnittet Analys och slutsats är klart.")
    save(anna, section, "Text. Mer.", 2)
    assert Act.objects.filter(verb="follow").count() == 2


@pytest.mark.parametrize(
    ("state", "saved"),
    [
        ("draft", True),
        ("with_members", True),
        ("returned", True),
        ("sent", False),
        ("adopted", False),
    ],
)
def test_text_is_saved_only_while_the_follow_up_is_open(world, anna, state, saved):
    followup = make_followup(world.group, state=state)
    section = make_sections(followup)[0]
    if saved:
        assert save(anna, section, "Text.", 0).revision == 1
        return
    with pytest.raises(ValidationError) as refusal:
        save(anna, section, "Text.", 0)
    assert "Inget har sparats." in refusal.value.messages[0]
    assert stored(section) == ("", 0)


def test_a_text_that_is_too_long_is_refused_and_one_that_fits_is_not(section, anna):
    save(anna, section, "a" * LONGEST, 0)
    with pytest.raises(ValidationError) as refusal:
        save(anna, section, "a" * (LONGEST + 1), 1)
    assert "30 000" in refusal.value.messages[0].replace("\u00a0", " ")


def test_an_unknown_judgement_is_refused(section, anna):
    with pytest.raises(ValidationError):
        save(anna, section, "", 0, judgement="super", done=True)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_the_same_moment_one_is_told_of_the_other():
    world = make_world("Samtidig")
    section = make_sections(make_followup(world.group))[0]
    users = [make_user(f"{name}@example.org") for name in ("ett", "två")]
    found = at_the_same_time(
        *(lambda user=user: save(user, section, f"Av {user.email}", 0) for user in users)
    )
    conflicts = [each for each in found if isinstance(each, Conflict)]
    assert len(conflicts) == 1, (connection.vendor, found)
    assert stored(section)[0] == conflicts[0].section.text
    assert FollowUp.objects.filter(pk=section.followup_id).exists()
