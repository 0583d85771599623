"""A coordinator takes a stand on a proposal: accepted in one act, declined, or too late."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from governance.models import (
    Act,
    Answer,
    Confirmation,
    ContactDetail,
    Inquiry,
    Mandate,
    Person,
    PersonName,
)
from governance.permissions import visible_people
from governance.queries.inquiries import open_proposals
from governance.services import mandates
from governance.services.answers import Reply, reply
from governance.services.mandate_rows import NewPerson
from governance.services.settlements import last_seen, settle
from governance.services.undo import can_undo, undo
from governance.temporal import day_after, day_before
from tests.days import day
from tests.letters import text
from tests.test_inquiries import confirm
from tests.test_undo import everything
from tests.verbs import caused, refused, sits
from tests.worlds import appoint, grant, make_group, make_person, make_seat, make_user

pytestmark = pytest.mark.django_db
NOW, TURN = day("2026-03-02"), day("2026-05-01")


@pytest.fixture
def held(world) -> Mandate:
    return appoint(world.member, make_person(world.company, "Disa", "Diktberg"))


@pytest.fixture
def inquiry(world) -> Inquiry:
    return Inquiry.objects.create(
        agreement=world.agreement, organization=world.company, valid_from=NOW
    )


def answered(inquiry: Inquiry, seat, kind: str, since=TURN, given="Nya") -> Answer:
    person = NewPerson(given, "Namnsson", "direktör") if kind == "change" else None
    given_reply = Reply(seat.pk, kind, since, person, "nya@example.org" if person else "")
    reply(user=None, inquiry=inquiry, replies=[given_reply], channel="link", day=NOW)
    return inquiry.answers.get(seat=seat)


def accept(answer: Answer, user=None, **more) -> Act:
    return settle(user=user, answer=answer, accepted=True, day=NOW, **more)


def decline(answer: Answer) -> Act:
    return settle(user=None, answer=answer, accepted=False, day=NOW)


def page_of(answer: Answer) -> str:
    return reverse("governance:settle_answer", args=[answer.pk])


def test_a_change_that_is_accepted_replaces_the_holder_in_one_act(inquiry, held, anna, as_anna):
    answer = answered(inquiry, held.seat, "change")
    done = accept(answer)
    assert sits(held.seat, day_before(TURN)) == held.person
    assert sits(held.seat, TURN) == answer.person
    assert done.verb == "replace"
    assert caused(done) == [("answer", "~"), ("mandate", "+"), ("mandate", "~")]
    assert "Så föreslog Provstads bostäder." in done.summary
    answer.refresh_from_db()
    assert (answer.outcome, answer.settled_by) == ("accepted", done)
    assert answer.person in visible_people(anna)
    assert not open_proposals(anna, [held.seat.group])
    assert "Namnsson" in text(as_anna.get(f"/personer/{answer.person_id}/"))


def test_a_vacant_seat_is_filled_and_whoever_left_is_ended(inquiry, held, world):
    vacant = make_seat(world.group, world.company, "vaktchef")
    appointed = accept(answered(inquiry, vacant, "change"))
    assert appointed.verb == "appoint"
    ended = accept(answered(inquiry, held.seat, "left"))
    held.refresh_from_db()
    assert ended.verb == "end"
    assert (held.valid_through, held.end_reason) == (day_before(TURN), "left")
    assert sits(vacant, TURN) is not None


def test_the_coordinator_may_say_another_day(inquiry, held):
    answer = answered(inquiry, held.seat, "change")
    accept(answer, since=day_after(TURN))
    assert sits(held.seat, TURN) == held.person


@pytest.mark.parametrize("kind", ["change", "left"])
def test_undo_puts_back_exactly_what_was_and_the_proposal_waits_again(inquiry, held, anna, kind):
    answer = answered(inquiry, held.seat, kind)
    before = everything()
    done = accept(answer, user=anna)
    assert can_undo(anna, done, done.at)
    undo(user=anna, act=done, now=done.at)
    assert everything() == before
    assert [answer] == list(open_proposals(anna, [held.seat.group]))


def test_a_withdrawn_mandate_comes_back_with_its_answer(inquiry, world, anna):
    """Accepted from before it began, the mandate is withdrawn; the answer pointed at it."""
    seat = world.member
    held = appoint(seat, make_person(world.company), first=NOW)
    answer = answered(inquiry, seat, "change")
    before = everything()
    done = accept(answer, user=anna, since=NOW)
    assert not Mandate.objects.filter(pk=held.pk).exists()
    undo(user=anna, act=done, now=done.at)
    assert everything() == before


def test_somebody_already_entered_is_used_and_the_double_is_gone(inquiry, held, world, anna):
    known = make_person(world.company, "Nya", "Namnsson")
    answer = answered(inquiry, held.seat, "change")
    proposed = answer.person_id
    done = accept(answer, user=anna, person=known)
    assert sits(held.seat, TURN) == known
    assert not Person.objects.filter(pk=proposed).exists()
    assert not ContactDetail.objects.filter(person=proposed).exists()
    assert not can_undo(anna, done, done.at)
    answer.refresh_from_db()
    assert answer.person == known


def test_declined_the_person_is_deleted_and_the_roster_is_untouched(inquiry, held):
    answer = answered(inquiry, held.seat, "change")
    done = decline(answer)
    answer.refresh_from_db()
    assert (answer.outcome, answer.person, answer.settled_by) == ("declined", None, done)
    assert not PersonName.objects.filter(family_name="Namnsson").exists()
    assert sits(held.seat, TURN) == held.person
    assert "avböjs" in done.summary


def test_one_proposed_for_two_seats_stays_until_both_are_settled(inquiry, held, world):
    vacant = make_seat(world.group, world.company, "vaktchef")
    first = answered(inquiry, held.seat, "change")
    second = answered(inquiry, vacant, "change")
    assert first.person == second.person
    decline(first)
    assert Person.objects.filter(pk=second.person_id).exists()
    accept(second)
    assert sits(vacant, TURN) == second.person


@pytest.mark.parametrize("how", [accept, decline])
def test_settled_twice_is_a_sentence(inquiry, held, how):
    answer = answered(inquiry, held.seat, "change")
    accept(answer)
    assert "redan avgjort" in refused(how, answer=answer)[""][0]


def test_a_seat_that_has_got_somebody_else_is_a_sentence(inquiry, held, world):
    answer = answered(inquiry, held.seat, "change")
    new = make_person(world.company)
    mandates.replace(user=None, seat=held.seat, person=new, first_day=NOW)
    assert "en annan ledamot sedan organisationen svarade" in refused(accept, answer=answer)[""][0]
    decline(answer)


def test_what_was_seen_must_still_be_so(inquiry, held, world):
    answer = answered(inquiry, held.seat, "change")
    seen = last_seen(answer)
    answered(inquiry, held.seat, "left")
    with pytest.raises(ValidationError) as refusal:
        accept(answer, seen=seen)
    assert refusal.value.code == "stale"


def test_the_organisation_may_change_its_mind_before_that(inquiry, held):
    answer = answered(inquiry, held.seat, "change")
    right = Reply(held.seat_id, "right")
    reply(user=None, inquiry=inquiry, replies=[right], channel="link", day=NOW)
    assert "har ändrat sig" in refused(accept, answer=answer)[""][0]
    assert Confirmation.objects.get().mandate == held


# -- on the pages ------------------------------------------------------------------------------


def test_from_the_list_through_the_preview_to_the_roster(inquiry, held, as_anna):
    answer = answered(inquiry, held.seat, "change")
    listed = as_anna.get("/bekrafta/")
    assert "1 förslag att ta ställning till" in text(listed)
    assert page_of(answer) in listed.content.decode()
    sent = {"decision": "accept", "first_day": TURN.isoformat(), "person": ""}
    preview = text(as_anna.post(page_of(answer), sent))
    assert "Så blir det på platsen" in preview
    assert sits(held.seat, TURN) == held.person
    done = confirm(as_anna, page_of(answer), sent)
    assert "Ångra" in text(done)
    assert sits(held.seat, TURN) == answer.person


def test_somebody_with_the_very_name_is_suggested(inquiry, held, world, as_anna):
    known = make_person(world.company, "Nya", "Namnsson")
    answer = answered(inquiry, held.seat, "change")
    form = as_anna.get(page_of(answer)).context["form"]
    assert form.initial["person"] == known.pk
    offered = [value for value, _ in form.fields["person"].choices]
    assert answer.person_id not in offered


def test_a_double_click_is_a_409_and_a_settled_one_leads_back(inquiry, held, as_anna):
    answer = answered(inquiry, held.seat, "change")
    sent = {"decision": "decline", "first_day": TURN.isoformat()}
    preview = as_anna.post(page_of(answer), sent)
    earnest = {**dict(preview.context["hidden"]), "steg": "spara"}
    assert as_anna.post(page_of(answer), earnest).status_code == 302
    again = as_anna.post(page_of(answer), earnest)
    assert again.status_code == 409
    assert "redan avgjort" in text(again)
    assert as_anna.get(page_of(answer)).status_code == 302


def test_a_coordinator_settles_the_rows_of_her_own_groups_only(client, inquiry, held, world):
    other = make_group(world.agreement, "Annan grupp")
    theirs = make_seat(other, world.company, "vaktchef")
    appoint(theirs, make_person(world.company))
    mine, not_mine = answered(inquiry, held.seat, "left"), answered(inquiry, theirs, "left")
    rut = make_user("rut2@example.org")
    make_person(world.city, user=rut)
    grant(rut, "edit_roster", world.group)
    client.force_login(rut)
    page = client.get("/bekrafta/").content.decode()
    assert page_of(mine) in page
    assert page_of(not_mine) not in page
    assert [client.get(page_of(each)).status_code for each in (mine, not_mine)] == [200, 403]
    record = reverse("governance:record_answer", args=[inquiry.pk])
    shown = client.get(record).content.decode()
    assert f"kind-{theirs.pk}" not in shown


def test_an_answer_by_phone_is_recorded_by_whoever_was_called(as_anna, anna, inquiry, held, world):
    vacant = make_seat(world.group, world.company, "vaktchef")
    record = reverse("governance:record_answer", args=[inquiry.pk])
    sent = {"channel": "phone", "rest_is_right": "on", f"kind-{held.seat_id}": "left"}
    sent[f"last_day-{held.seat_id}"] = NOW.isoformat()
    confirm(as_anna, record, sent)
    done = Act.objects.latest("pk")
    assert (done.user, done.verb) == (anna, "confirm")
    assert "svar per telefon" in done.summary
    kinds = {answer.seat_id: answer.kind for answer in inquiry.answers.all()}
    assert kinds == {held.seat_id: "left", vacant.pk: "right"}
    confirm(as_anna, record, {"channel": "mail", f"kind-{held.seat_id}": "right"})
    assert Confirmation.objects.get(mandate=held).channel == "mail"


def test_a_late_answer_is_recorded_when_the_link_is_over(as_anna, inquiry, held):
    Inquiry.objects.filter(pk=inquiry.pk).update(valid_through=NOW)
    record = reverse("governance:record_answer", args=[inquiry.pk])
    assert record in as_anna.get("/bekrafta/").content.decode()
    confirm(as_anna, record, {"channel": "mail", "rest_is_right": "on"})
    assert Confirmation.objects.get().mandate == held


def test_a_protected_person_is_settled_by_function_alone(inquiry, held, as_anna):
    answer = answered(inquiry, held.seat, "change")
    Person.objects.filter(pk=answer.person_id).update(protected=True)
    for page in ("/bekrafta/", page_of(answer)):
        shown = text(as_anna.get(page))
        assert "Namnsson" not in shown
        assert "inte visas" in shown or "Namnet visas inte" in shown
    accept(answer)
    assert "Namnsson" not in text(as_anna.get(f"/styrgrupper/{held.seat.group.slug}/"))
    assert Client().get("/bekrafta/").status_code == 302
