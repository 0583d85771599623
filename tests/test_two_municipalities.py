"""Two municipalities in one installation: neither sees a word of the other, on any page."""

import html
import re
from collections.abc import Iterable

import pytest
from django.db.models import QuerySet
from django.urls import reverse

from governance.models import (
    Act,
    Agreement,
    Area,
    Challenge,
    Organization,
    PersonName,
    SteeringGroup,
)
from governance.services import groups
from tests.days import day
from tests.pages import ABOUT_ONE, ACCOUNTS, ACROSS, VERBS, url_of
from tests.routes import make_route
from tests.worlds import appoint, grant, made_about, make_person

pytestmark = pytest.mark.django_db
INQUIRY_FORMS = ("record_answer", "withdraw_inquiry")
PERSON_PAGES = ("describe_person", "move_person", "change_contacts", "protect_person")
MAKE_PAGES = ("add_measure", "make_plan")
MEASURE_PAGES = ("change_measure", "report_measure", "withdraw_measure")
WISH_PAGES = ("change_wish", "end_wish", "tie_seats")
PRIORITY_PAGES = ("change_priority", "end_priority", "add_goal")
PRIORITY_SLUGS = ("choose_challenges", "add_own_priority", "order_priorities")
DAYS = ["", "2019-12-01", "2021-06-01", "2035-01-01"]
# Words of the interface itself that are also somebody's name in the structure.
ALSO_INTERFACE = {"stockholm", "central styrgrupp"}


def words_of(rows: QuerySet, *columns: str) -> set[str]:
    return {str(value) for row in rows.values_list(*columns) for value in row if value}


def everything_of(world) -> set[str]:
    """Every name and slug that the hand-made municipality has."""
    areas = [world.municipality, world.district, world.north, world.south]
    things = [world.agreement, world.group, world.central, world.city, world.police]
    things += [world.company, *areas]
    found = {str(each.name) for each in things} | {each.slug for each in things}
    found |= {world.challenge.title, world.challenge.short_title, world.agreement.mailbox}
    return found | words_of(
        PersonName.objects.filter(person__organization=world.city), "given_name", "family_name"
    )


def everything_real() -> set[str]:
    """Every name and slug of the real structure."""
    real = Agreement.objects.filter(slug__in=["overgripande"]) | Agreement.objects.filter(
        parent__slug="overgripande"
    )
    rows = [
        words_of(real, "name", "mailbox"),
        words_of(SteeringGroup.objects.filter(agreement__in=real), "name", "slug"),
        words_of(Challenge.objects.filter(version__agreement__in=real), "title", "short_title"),
        words_of(Organization.objects.exclude(slug__startswith="annanstad"), "name", "slug"),
        words_of(Area.objects.exclude(slug__contains="annanstad"), "name", "slug"),
    ]
    return {word for words in rows for word in words if word.lower() not in ALSO_INTERFACE}


def found_in(body: str, words: Iterable[str]) -> set[str]:
    """The words that stand in the page as whole words, in its text or its addresses."""
    page = html.unescape(body).lower()
    there = {word for word in words if word.lower() in page}
    return {word for word in there if re.search(rf"(?<!\w){re.escape(word.lower())}(?!\w)", page)}


ROUND_FORMS = ("set_round_due", "remind_of_round")


@pytest.fixture
def busy(elsewhere, structure, karin, stranger):
    """Both sides have a coordinator, a holder of a seat, and something done lately."""
    grant(stranger, "edit_structure", elsewhere.agreement)
    grant(stranger, "appoint_own", elsewhere.city)
    appoint(elsewhere.chair, make_person(elsewhere.city, "Gunvor", "Annansson"))
    groups.rest(user=None, group=elsewhere.group, first_day=day("2021-01-01"))
    farsta = SteeringGroup.objects.get(slug="farsta")
    groups.rest(user=None, group=farsta, first_day=day("2021-01-01"))
    elsewhere.made = made_about(elsewhere.chair.mandates.get())
    elsewhere.route = make_route(elsewhere.company, group=elsewhere.group)
    return elsewhere


def roster_forms(world, person) -> list[str]:
    """The forms of one seat, its mandate, one person and one organisation."""
    seat = world.chair
    on_seat = ("appoint", "replace", "plan", "stand_in", "change_seat", "end_seat")
    on_mandate = ("extend", "end_mandate", "leave", "correct")
    on_meeting = ("change_meeting", "hold_meeting", "cancel_meeting")
    meeting = world.made["meeting"]
    picture = world.made["situationpicture"].pk
    return [
        reverse("governance:add_picture", args=[world.group.slug]),
        *(
            reverse(f"governance:{name}", args=[world.group.slug, picture])
            for name in ("change_picture", "withdraw_picture")
        ),
        reverse("governance:plan_meeting", args=[seat.group.slug]),
        *(reverse(f"governance:{name}", args=[seat.group.slug, meeting.pk]) for name in on_meeting),
        *(reverse(f"governance:{name}", args=[seat.group.slug, seat.pk]) for name in on_seat),
        *(reverse(f"governance:{name}", args=[seat.mandates.get().pk]) for name in on_mandate),
        *(reverse(f"governance:{name}", args=[seat.group.slug]) for name in ("staff", "add_seat")),
        *(
            reverse(f"governance:{name}", args=[person.pk])
            for name in ("appoint_everywhere", *PERSON_PAGES)
        ),
        reverse("governance:want"),
        *(
            reverse(f"governance:{name}", args=[world.made["wantedfunction"].pk])
            for name in WISH_PAGES
        ),
        *(reverse(f"governance:{name}", args=[world.group.slug]) for name in MAKE_PAGES),
        *(reverse(f"governance:{name}", args=[world.made["measure"].pk]) for name in MEASURE_PAGES),
        *(
            reverse(f"governance:{name}", args=[world.group.slug, world.made["actionplan"].pk])
            for name in ("change_plan", "withdraw_plan")
        ),
        reverse("governance:add_route"),
        *(
            reverse(f"governance:{name}", args=[world.route.pk])
            for name in ("change_route", "end_route")
        ),
        reverse("governance:succeed", args=[world.city.slug]),
        reverse("governance:request_seat", args=[world.group.slug]),
        *(
            reverse(f"governance:{name}", args=[world.made["seatrequest"].pk])
            for name in ("grant_request", "decline_request", "withdraw_request")
        ),
    ]


def priority_forms(world) -> list[str]:
    """The forms of the group's priorities, of one of them, and of its goal."""
    priority, goal = world.made["localpriority"].pk, world.made["goal"].pk
    return [
        *(reverse(f"governance:{name}", args=[world.group.slug]) for name in PRIORITY_SLUGS),
        *(reverse(f"governance:{name}", args=[priority]) for name in PRIORITY_PAGES),
        *(reverse(f"governance:{name}", args=[goal]) for name in ("change_goal", "remove_goal")),
    ]


def inquiry_forms(world) -> list[str]:
    """The forms about one inquiry, its answer, and what is asked and confirmed at once."""
    inquiry, answer = world.made["inquiry"].pk, world.made["answer"].pk
    return [
        *(reverse(f"governance:{name}", args=[inquiry]) for name in INQUIRY_FORMS),
        reverse("governance:settle_answer", args=[answer]),
        reverse("governance:ask", args=[world.agreement.slug]),
        reverse("governance:confirm_group", args=[world.group.slug]),
    ]


def own_pages(world, person, account) -> list[str]:
    """Every page that the coordinator of the hand-made municipality can open, on four days."""
    reading = [
        url_of(name, world.group, world.city, person, account)
        for name in [*ACROSS, *ABOUT_ONE, *ACCOUNTS]
    ]
    slugs = ("activate", "change_coverage", "rest", "resume", "dissolve", "describe")
    forms = [reverse(f"governance:{name}", args=[world.group.slug]) for name in slugs]
    forms += [
        reverse(f"governance:{name}")
        for name in ("propose", "merge", "invite", "give_grant", "imports", "load_boundaries")
    ]
    forms += [
        reverse("governance:register", args=[world.group.slug, world.group.decisions.first().pk])
    ]
    forms += roster_forms(world, person)
    forms += inquiry_forms(world)
    forms += priority_forms(world)
    forms += [
        reverse("governance:open_followups"),
        *(reverse(f"governance:{name}", args=[2024]) for name in ROUND_FORMS),
    ]
    # All but those about one right, one leave, one act and one list, made on other pages,
    # and the three about one set of boundaries.
    assert len(forms) == len(VERBS) - 4 - 3
    joined = [f"{page}{'&' if '?' in page else '?'}datum={on}" for page in reading for on in DAYS]
    return [*joined, *forms]


def test_a_stranger_meets_no_word_of_this_agreement_on_any_page(client, busy, stranger, karin):
    words = everything_real() | {"Karin", "Provström"}
    words -= everything_of(busy)
    assert len(words) > 300
    client.force_login(stranger)
    leaks = {}
    for page in own_pages(busy, stranger.person, stranger):
        response = client.get(page)
        assert response.status_code == 200, page
        if found := found_in(response.content.decode(), words):
            leaks[page] = found
    assert leaks == {}


def test_our_coordinator_meets_no_word_of_the_other_municipality(client, busy, karin, farsta):
    words = everything_of(busy) | {"Frans", "Främling", "frans@example.org"}
    client.force_login(karin)
    organization = Organization.objects.get(slug="stockholmshem")
    pages = [
        url_of(name, farsta, organization, karin.person, karin)
        for name in [*ACROSS, *ABOUT_ONE, *ACCOUNTS]
    ]
    pages += [
        reverse(f"governance:{name}") for name in ("propose", "merge", "invite", "give_grant")
    ]
    pages += [
        reverse(f"governance:{name}", args=["farsta"])
        for name in ("change_coverage", "rest", "dissolve", "describe")
    ]
    # What is searched for is repeated, so the last letter is left out.
    pages += ["/sok/?q=annansta", "/sok/?q=gunvo", "/andringar/?sedan=1990-01-01"]
    pages += [f"/fastigheter/{which}?q=norra+annansta" for which in ("", "forslag/")]
    leaks = {}
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        if found := found_in(response.content.decode(), words):
            leaks[page] = found
    assert leaks == {}


def test_the_crawl_would_notice_a_name(busy, client, karin):
    client.force_login(karin)
    assert "Farsta" in found_in(client.get("/styrgrupper/").content.decode(), {"Farsta"})
    assert Act.objects.filter(agreement=busy.agreement).exists()
