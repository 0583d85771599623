"""The open page where an organisation answers: what it shows, takes and keeps."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from governance.models import (
    Act,
    Answer,
    Confirmation,
    ContactDetail,
    Inquiry,
    Mandate,
    Organization,
    Person,
    PersonName,
)
from governance.permissions import visible_people
from governance.queries.inquiries import open_proposals
from governance.services.inquiries import token_of
from governance.temporal import day_after, day_before, today
from samverkan.refusals import without_links
from tests.letters import text
from tests.verbs import counts
from tests.worlds import appoint, grant, make_person, make_seat

pytestmark = pytest.mark.django_db
WHEN = "2026-01-15"


@pytest.fixture
def inquiry(world) -> Inquiry:
    """The company, whose one seat is held and another vacant, is asked through today."""
    appoint(world.member, make_person(world.company, "Disa", "Diktberg", title="chef"))
    make_seat(world.group, world.company, "vaktchef")
    return Inquiry.objects.create(
        agreement=world.agreement,
        organization=world.company,
        valid_from=day_before(today()),
        valid_through=today(),
    )


@pytest.fixture
def held(world) -> Mandate:
    return world.member.mandates.get()


def link(inquiry: Inquiry) -> str:
    return reverse("governance:confirm_facts", args=[token_of(inquiry)])


def post(inquiry: Inquiry, follow=True, **sent: str):
    """What is chosen on the page, sent by somebody without an account."""
    return Client().post(link(inquiry), sent, follow=follow)


def change(seat, given="Nya", family="Namnsson", **more: str) -> dict[str, str]:
    named = {"given_name": given, "family_name": family, "title": "direktör"}
    fields = {"kind": "change", "first_day": WHEN, **named, **more}
    return {f"{name}-{seat.pk}": value for name, value in fields.items()}


def vacant(inquiry: Inquiry):
    return inquiry.organization.seats.get(function__code="vaktchef")


# -- what is shown ---------------------------------------------------------------------------


def test_the_page_shows_the_organisations_own_rows_and_no_others(inquiry, world, elsewhere):
    appoint(world.chair, make_person(world.city, "Kim", "Kommunsson"))
    under = Organization.objects.create(
        name="Dotterbolaget", slug="dotter", kind="bolag", parent=world.company,
        valid_from=world.company.valid_from,
    )  # fmt: skip
    appoint(make_seat(world.group, under, "chef"), make_person(under, "Doris", "Dottersson"))
    in_theirs = make_seat(elsewhere.group, world.company, "gast")
    appoint(in_theirs, make_person(world.company, "Gun", "Gästlund"))
    page = text(Client().get(link(inquiry)))
    assert "Disa Diktberg" in page
    assert "Ingen är utsedd" in page
    for other in ("Kim", "Doris", "Gun", "Annanstad", "Dotterbolaget"):
        assert other not in page


def test_a_protected_name_is_never_shown_even_to_those_who_may_see_it(inquiry, held, anna, client):
    Person.objects.filter(pk=held.person_id).update(protected=True)
    grant(anna, "view_protected", inquiry.agreement)
    client.force_login(anna)
    for window in (client, Client()):
        page = text(window.get(link(inquiry)))
        assert "Diktberg" not in page
        assert "Namnet visas inte" in page
    assert post(inquiry, **{f"kind-{held.seat_id}": "right"}).status_code == 200
    assert Confirmation.objects.get().mandate == held


def test_a_link_that_is_over_withdrawn_or_forged_tells_the_same_nothing(inquiry, world):
    good = link(inquiry)
    Inquiry.objects.filter(pk=inquiry.pk).update(valid_through=day_before(today()))
    over = Client().get(good)
    forged = Client().get(good[:-2] + "/")
    sent = Client().post(good, {"rest_is_right": "on"})
    inquiry.delete()
    gone = Client().get(good)
    assert {each.status_code for each in (over, forged, gone, sent)} == {410}
    assert len({each.content for each in (over, forged, gone)}) == 1
    assert "Länken gäller inte." in text(over)
    assert "Provstad" not in text(over)
    assert not Answer.objects.exists()


def test_nothing_keeps_lists_or_tells_of_the_address(inquiry):
    for address in (link(inquiry), "/bekrafta/fel/"):
        answer = Client().get(address)
        assert answer["Cache-Control"] == "no-store"
        assert answer["Referrer-Policy"] == "strict-origin"
        assert "noindex" in answer["X-Robots-Tag"]


def test_the_log_masks_what_opens_a_page(inquiry, caplog):
    window = Client(enforce_csrf_checks=True)
    assert window.post(link(inquiry), {"rest_is_right": "on"}).status_code == 403
    lines = [record for record in caplog.records if "bekrafta" in record.getMessage()]
    assert lines
    for record in lines:
        assert without_links(record)
        assert token_of(inquiry) not in record.getMessage()
        assert "/bekrafta/" in record.getMessage()


def test_reading_changes_nothing_however_often_it_is_opened(inquiry):
    before = counts()
    for query in ("", "?visa=svar", "?sida=2", "?rest_is_right=on"):
        for _ in range(2):
            assert Client().get(link(inquiry) + query).status_code == 200
            assert Client().head(link(inquiry) + query).status_code == 200
    assert counts() == before


# -- what is taken ----------------------------------------------------------------------------


def test_alla_stammer_confirms_every_mandate_and_is_one_act_of_nobody(inquiry, held):
    page = post(inquiry, rest_is_right="on")
    assert "Tack, svaren är mottagna" in text(page)
    assert {answer.kind for answer in inquiry.answers.all()} == {"right"}
    told = Confirmation.objects.get()
    assert (told.mandate, told.day, told.channel) == (held, today(), "link")
    done = Act.objects.latest("pk")
    assert (done.user, done.verb, list(done.groups.all())) == (None, "confirm", [held.seat.group])
    assert done.summary == "Provstads bostäder, svar i länken: 2 uppgifter stämmer."


def test_sent_twice_it_is_kept_once(inquiry):
    post(inquiry, rest_is_right="on")
    before = counts()
    assert "Tack" in text(post(inquiry, rest_is_right="on"))
    assert counts() == before


def test_alla_stammer_leaves_the_rows_that_say_otherwise(inquiry, held):
    post(inquiry, rest_is_right="on", **change(held.seat))
    kinds = {answer.seat_id: answer.kind for answer in inquiry.answers.all()}
    assert kinds == {held.seat_id: "change", vacant(inquiry).pk: "right"}
    assert not Confirmation.objects.exists()


def test_a_new_name_stands_where_names_stand_and_nobody_sees_it(inquiry, held, anna, as_anna):
    page = post(inquiry, **change(held.seat, email="nya@example.org"))
    assert "Ändra till Nya Namnsson, direktör, från och med den 15 januari 2026" in text(page)
    answer = inquiry.answers.get()
    assert (answer.kind, answer.since.isoformat(), answer.mandate) == ("change", WHEN, held)
    assert PersonName.objects.get(person=answer.person).full == "Nya Namnsson"
    assert ContactDetail.objects.get(person=answer.person).value == "nya@example.org"
    assert held == Mandate.objects.get(seat=held.seat)
    assert "Namnsson" not in Act.objects.latest("pk").summary
    assert answer.person not in visible_people(anna)
    assert [answer] == list(open_proposals(anna, [held.seat.group]))
    assert as_anna.get(f"/personer/{answer.person_id}/").status_code == 404
    seat, group = held.seat, held.seat.group
    for page in ("/sok/?q=namnsso", f"/organisationer/{inquiry.organization.slug}/",
                 f"/styrgrupper/{group.slug}/platser/{seat.pk}/byt/", "/konto/bjud-in/",
                 f"/styrgrupper/{group.slug}/bemanna/", f"/styrgrupper/{group.slug}/",
                 f"/organisationer/{inquiry.organization.slug}/eftertrads/",
                 f"/personer/{held.person_id}/utse/"):  # fmt: skip
        assert "Namnsson" not in as_anna.get(page).content.decode(), page
    assert "Namnsson" in as_anna.get("/bekrafta/").content.decode()


def test_named_alike_on_two_seats_it_is_one_person(inquiry, held):
    post(inquiry, **change(held.seat), **change(vacant(inquiry)))
    assert len({answer.person_id for answer in inquiry.answers.all()}) == 1
    assert Person.objects.filter(proposals__inquiry=inquiry).distinct().count() == 1


def test_an_answer_can_be_changed_and_what_it_led_to_goes_with_it(inquiry, held):
    post(inquiry, **{f"kind-{held.seat_id}": "right"})
    post(inquiry, **change(held.seat))
    assert not Confirmation.objects.exists()
    first = inquiry.answers.get().person
    post(inquiry, **change(held.seat, given="Rätt"))
    assert not Person.objects.filter(pk=first.pk).exists()
    left = {f"kind-{held.seat_id}": "left", f"last_day-{held.seat_id}": WHEN}
    page = post(inquiry, **left)
    assert "Har slutat, sista dagen är den 15 januari 2026" in text(page)
    assert not PersonName.objects.filter(given_name="Rätt").exists()
    assert inquiry.answers.get().since.isoformat() == "2026-01-16"


def test_a_settled_answer_is_changed_no_more(inquiry, held):
    post(inquiry, **change(held.seat))
    inquiry.answers.update(outcome="accepted")
    before = counts()
    post(inquiry, **{f"kind-{held.seat_id}": "right"})
    assert counts() == before
    assert f'name="kind-{held.seat_id}"' not in Client().get(link(inquiry)).content.decode()


def test_a_seat_changed_since_is_asked_about_anew(inquiry, held):
    post(inquiry, rest_is_right="on")
    Mandate.objects.filter(pk=held.pk).update(valid_through=day_before(today()))
    new = appoint(held.seat, make_person(inquiry.organization, "Ny", "Lundin"), first=today())
    assert "Uppgiften har ändrats sedan svaret kom" in text(Client().get(link(inquiry)))
    post(inquiry, rest_is_right="on")
    assert Confirmation.objects.filter(mandate=new).exists()


def test_the_history_tells_an_answer_in_the_link_from_a_command(client, inquiry, bo, world):
    post(inquiry, rest_is_right="on")
    client.force_login(bo)
    page = text(client.get(reverse("governance:history", args=[world.group.slug])))
    assert "Svarat i länken, utan konto" in page
    assert "med ett kommando" not in page


def test_a_seat_where_somebody_is_to_begin_is_not_called_empty(inquiry, held):
    seat = vacant(inquiry)
    told = {f"kind-{seat.pk}": "Stämmer, ingen är utsedd", f"kind-{held.seat_id}": "Har slutat"}
    assert all(words in text(Client().get(link(inquiry))) for words in told.values())
    person = make_person(inquiry.organization, "Ny", "Lundin")
    appoint(seat, person, first=day_after(today()))
    page = text(Client().get(link(inquiry)))
    assert "Vi utser en annan person" in page
    assert "Stämmer, ingen är utsedd" not in page


FAULTS = [
    ({}, "Svara för minst en plats, eller kryssa för Alla stämmer."),
    ({"kind": "change"}, "Skriv förnamnet."),
    ({"kind": "change", "given_name": "A", "first_day": "2026-02-30"}, "är inget datum"),
    ({"kind": "change", "given_name": "A", "first_day": "2019-12-31"}, "Platsen i gruppen börjar"),
    ({"kind": "change", "given_name": "A", "email": "x"}, "e-postadress"),
    ({"kind": "right", "given_name": "Behålls"}, "Välj ”Ändra till en annan person”"),
    ({"kind": "left", "last_day": ""}, "Fyll i en dag."),
    ({"kind": "left", "last_day": "2019-12-31"}, "Uppdraget började den 1 januari 2020"),
    ({"kind": "annat"}, "Valet finns inte längre"),
]


@pytest.mark.parametrize(("fields", "sentence"), FAULTS)
def test_a_fault_is_a_sentence_and_nothing_typed_is_lost(inquiry, held, fields, sentence):
    before = counts()
    sent = {f"{name}-{held.seat_id}": value for name, value in fields.items()}
    page = post(inquiry, **sent, sent="x")
    assert sentence in text(page).replace("&quot;", "”")
    assert counts() == before
    if "given_name" in fields:
        assert f'value="{fields["given_name"]}"' in page.content.decode()


def test_a_seat_of_somebody_else_cannot_be_answered_for(inquiry, world):
    appoint(world.chair, make_person(world.city))
    post(inquiry, **{f"kind-{world.chair.pk}": "right"}, rest_is_right="on")
    assert world.chair.pk not in inquiry.answers.values_list("seat", flat=True)


def test_nobody_fills_the_history_through_a_link(inquiry, held):
    act = Act.objects.create(verb="confirm")
    answer = Answer.objects.create(inquiry=inquiry, seat=held.seat, mandate=held, kind="right")
    row = answer.history.get()
    for _ in range(40):
        row.pk, row.history_user, row.history_date = None, None, timezone.now()
        row.caused_by = Act.objects.create(verb="confirm")
        row.save()
    assert "ändrats många gånger i dag" in text(post(inquiry, **change(held.seat)))
    row.__class__.objects.update(history_date=timezone.now() - datetime.timedelta(days=2))
    assert "Tack" in text(post(inquiry, **change(held.seat)))
    assert act.pk


def test_who_answers_in_parts_is_told_how_many_are_left(inquiry, held):
    assert "1 plats har inget svar än." in text(post(inquiry, **{f"kind-{held.seat.pk}": "right"}))
    assert "inget svar än" not in text(post(inquiry, rest_is_right="on"))
