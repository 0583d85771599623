"""The states of a follow-up: what each verb does, and from where it is refused."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from governance.models import Act, FollowUp, FollowUpComment, FollowUpSection
from governance.services import comments, followups
from governance.services.acts import Stale
from tests.days import day
from tests.following import make_followup, make_sections

pytestmark = pytest.mark.django_db
NOW = datetime.datetime(2022, 1, 20, 9, 0, tzinfo=datetime.UTC)
TODAY = day("2022-02-10")
MEETING = {
    "adopted_on": day("2022-02-09"),
    "paragraph": "§ 4",
    "registry_number": "FAR 2022/17",
    "capacity": "chair",
}


def ready(followup: FollowUp) -> FollowUp:
    """Everything written, judged and ticked off."""
    make_sections(followup)
    FollowUpSection.objects.filter(followup=followup).update(
        text="Vi gick åtta vandringar.", judgement="partly", done=True
    )
    return followup


@pytest.fixture
def draft(world) -> FollowUp:
    return ready(make_followup(world.group))


def fresh(followup: FollowUp) -> FollowUp:
    return FollowUp.objects.select_related("group__agreement", "version").get(pk=followup.pk)


def sent(draft: FollowUp, user=None) -> FollowUp:
    followups.send(user=user, followup=draft, now=NOW)
    return fresh(draft)


def adopted(draft: FollowUp, user=None) -> FollowUp:
    followups.adopt(user=user, followup=sent(draft, user), today=TODAY, **MEETING)
    return fresh(draft)


# -- the verbs ------------------------------------------------------------------------------

VERBS = {
    "show": lambda row: followups.show_to_members(user=None, followup=row),
    "send": lambda row: followups.send(user=None, followup=row, now=NOW),
    "hand_back": lambda row: followups.hand_back(
        user=None, followup=row, return_note="Skriv mer om torget."
    ),
    "adopt": lambda row: followups.adopt(user=None, followup=row, today=TODAY, **MEETING),
    "revise": lambda row: followups.revise(user=None, followup=row, reason="Fel siffra."),
}
STARTS = {
    "show": {"draft", "returned"},
    "send": {"draft", "with_members", "returned"},
    "hand_back": {"sent"},
    "adopt": {"sent"},
    "revise": {"adopted"},
}
BECOMES = {"show": "with_members", "send": "sent", "hand_back": "returned", "adopt": "adopted"}


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("state", FollowUp.State.values)
def test_a_verb_starts_in_its_own_states_and_changes_nothing_in_the_others(world, verb, state):
    followup = ready(make_followup(world.group, state=state))
    if state in STARTS[verb]:
        done = VERBS[verb](followup)
        assert done.groups.get() == world.group
        assert done.summary.startswith("Uppföljningen 2021 för Lokala gruppen i Provstad")
        assert fresh(followup).state == BECOMES.get(verb, "adopted")
        return
    with pytest.raises(ValidationError) as refusal:
        VERBS[verb](followup)
    [said] = refusal.value.messages
    assert said.endswith(".")
    assert fresh(followup).state == state
    assert not Act.objects.filter(groups=world.group).exists()
    assert FollowUp.objects.filter(group=world.group).count() == 1


def test_sending_lists_all_that_is_missing_and_nothing_else(world):
    followup = make_followup(world.group)
    rows = make_sections(followup)
    FollowUpSection.objects.filter(followup=followup).update(text="Skrivet.", done=True)
    FollowUpSection.objects.filter(pk=rows[0].pk).update(done=False)
    FollowUpSection.objects.filter(followup=followup, kind="picture").update(text="  ")
    with pytest.raises(ValidationError) as refusal:
        followups.send(user=None, followup=followup, now=NOW)
    assert refusal.value.messages == [
        "Uppgifter: inte markerat som klart.",
        "Lägesbild: text saknas.",
        "Trygga torg: bedömning saknas.",
    ]
    assert fresh(followup).snapshot is None


def test_sending_keeps_who_and_when_and_the_texts_in_the_history(draft, anna):
    row = sent(draft, anna)
    assert (row.sent_by, row.sent_at) == (anna, NOW)
    kept = FollowUpSection.history.filter(followup=row, caused_by__verb="send")
    assert kept.count() == row.sections.count()
    assert all(each.text == "Vi gick åtta vandringar." for each in kept)


def test_one_that_is_returned_says_why_and_is_taken_anew_when_sent_again(draft, world):
    row = sent(draft)
    first = row.snapshot
    followups.hand_back(user=None, followup=row, return_note="  Skriv mer om torget. ")
    assert fresh(row).return_note == "Skriv mer om torget."
    FollowUpSection.objects.filter(followup=row, kind="analysis").update(text="Mer om torget.")
    row = sent(fresh(row))
    assert row.return_note == ""
    texts = {each["kind"]: each["text"] for each in row.snapshot["sections"]}
    assert texts["analysis"] == "Mer om torget."
    assert {each["kind"]: each["text"] for each in first["sections"]}["analysis"] != texts[
        "analysis"
    ]


def test_a_return_needs_a_note(draft):
    with pytest.raises(ValidationError, match="Skriv vad som ska ändras"):
        followups.hand_back(user=None, followup=sent(draft), return_note="  ")
    assert fresh(draft).state == "sent"


def test_adoption_keeps_day_paragraph_registry_number_and_capacity(draft, anna):
    row = adopted(draft, anna)
    kept = (row.adopted_on, row.paragraph, row.registry_number, row.capacity, row.adopted_by)
    assert kept == (day("2022-02-09"), "§ 4", "FAR 2022/17", "chair", anna)
    assert row.is_locked


@pytest.mark.parametrize("capacity", ["secretary", "coordinator"])
def test_who_was_not_in_the_chair_refers_to_the_minutes(draft, capacity):
    row = sent(draft)
    said = {**MEETING, "capacity": capacity}
    with pytest.raises(ValidationError) as refusal:
        followups.adopt(user=None, followup=row, today=TODAY, **said)
    assert set(refusal.value.message_dict) == {"minutes"}
    done = followups.adopt(
        user=None, followup=row, today=TODAY, minutes="Protokoll 2022-02-09, § 4", **said
    )
    assert fresh(row).minutes == "Protokoll 2022-02-09, § 4"
    word = "sekreterare" if capacity == "secretary" else "samordnare"
    assert f"i egenskap av {word}" in done.summary


@pytest.mark.parametrize(
    ("when", "is_right"),
    [
        ("2020-12-31", False),
        ("2021-01-01", True),
        ("2022-02-10", True),
        ("2022-02-11", False),
    ],
)
def test_the_meeting_was_neither_before_the_year_nor_after_today(draft, when, is_right):
    said = {**MEETING, "adopted_on": day(when)}
    row = sent(draft)
    if is_right:
        followups.adopt(user=None, followup=row, today=TODAY, **said)
        return
    with pytest.raises(ValidationError) as refusal:
        followups.adopt(user=None, followup=row, today=TODAY, **said)
    assert set(refusal.value.message_dict) == {"adopted_on"}


# -- corrections ------------------------------------------------------------------------------


def test_a_correction_is_the_next_version_with_the_same_texts_and_the_first_stays(draft):
    row = adopted(draft)
    before = FollowUp.objects.filter(pk=row.pk).values().get()
    followups.revise(user=None, followup=row, reason="Antalet vandringar var fel.")
    second = FollowUp.objects.get(group=row.group, year=row.year, number=2)
    assert (second.state, second.reason) == ("draft", "Antalet vandringar var fel.")
    assert (second.cutoff, second.version_id, second.snapshot) == (row.cutoff, row.version_id, None)
    fields = ("kind", "challenge", "order", "text", "judgement", "done")
    assert list(second.sections.values(*fields)) == list(row.sections.values(*fields))
    assert FollowUp.objects.filter(pk=row.pk).values().get() == before
    followups.send(user=None, followup=second, now=NOW)
    followups.adopt(user=None, followup=fresh(second), today=TODAY, **MEETING)
    assert fresh(second).state == "adopted"
    with pytest.raises(ValidationError, match="har redan en nyare version"):
        followups.revise(user=None, followup=row, reason="En gång till.")


def test_a_correction_says_why_and_there_is_one_at_a_time(draft):
    row = adopted(draft)
    with pytest.raises(ValidationError, match="Skriv varför"):
        followups.revise(user=None, followup=row, reason=" ")
    followups.revise(user=None, followup=row, reason="Fel siffra.")
    with pytest.raises(ValidationError):
        followups.revise(user=None, followup=row, reason="Fel siffra.")
    assert FollowUp.objects.filter(group=row.group).count() == 2


# -- at the same time ----------------------------------------------------------------------


def test_a_text_saved_after_the_reader_looked_makes_the_sending_stale(draft):
    seen = followups.followup_seen(draft)
    FollowUpSection.objects.filter(followup=draft, kind="analysis").update(revision=1)
    with pytest.raises(Stale, match="Uppföljningen har ändrats"):
        followups.send(user=None, followup=draft, now=NOW, seen=seen)
    followups.send(user=None, followup=draft, now=NOW, seen=followups.followup_seen(draft))


# -- comments -----------------------------------------------------------------------------


def test_a_comment_stands_by_the_follow_up_or_a_section_while_the_group_reads_it(draft, bo):
    followups.show_to_members(user=None, followup=draft)
    section = draft.sections.first()
    done = comments.comment(user=bo, followup=draft, text=" Bra skrivet. ", section=section)
    [said] = FollowUpComment.objects.filter(followup=draft)
    assert (said.text, said.section, said.user) == ("Bra skrivet.", section, bo)
    assert "Bra" not in done.summary
    with pytest.raises(ValidationError):
        comments.comment(user=bo, followup=draft, text="   ")
    sent(draft)
    with pytest.raises(ValidationError, match="bara medan den är hos styrgruppen"):
        comments.comment(user=bo, followup=draft, text="För sent.")
    assert FollowUpComment.objects.count() == 1
