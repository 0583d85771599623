"""Contact routes are added, changed and ended: one act each, and what is refused."""

import datetime

import pytest

from governance.models import (
    Act,
    ContactDetail,
    ContactRoute,
    Organization,
    RouteContact,
    SteeringGroup,
)
from governance.permissions import may_edit_route
from governance.rights import EDIT_CONTACTS, EDIT_GROUP_CONTACTS
from governance.services import contacts as services
from governance.services.demo_routes import add_routes
from governance.services.route_contacts import Line
from governance.temporal import day_after, day_before, today
from tests.days import day
from tests.verbs import caused, refused
from tests.worlds import grant, make_person, make_user

pytestmark = pytest.mark.django_db
TURN = day("2024-03-01")
DAYTIME = Line(
    title="kundförvaltare",
    mailbox="Kund@example.org ",
    phone="08-465 004 10",
    weekdays="12345",
    opens=datetime.time(8),
    closes=datetime.time(16),
)
NIGHT = Line(title="störningsjour", phone="08-465 004 11", when_closed=True)


def add(world, **more) -> Act:
    arguments = {
        "user": None,
        "organization": world.company,
        "direction": "from_police",
        "purpose": "routine",
        "area": None if more.get("group") else world.district,
        "contacts": [DAYTIME, NIGHT],
        "first_day": TURN,
    }
    return services.add_route(**{**arguments, **more})


@pytest.fixture
def route(world) -> ContactRoute:
    add(world)
    rows = ContactRoute.objects.select_related("organization", "area", "group__agreement")
    return rows.get()


def test_a_route_is_added_in_one_act_that_names_functions_only(world):
    act = add(world, today=TURN)
    assert (act.verb, act.agreement) == ("route", world.agreement)
    assert caused(act) == [("contactroute", "+"), ("routecontact", "+"), ("routecontact", "+")]
    assert act.summary.splitlines() == [
        "Kontaktvägen till Provstads bostäder i stadsdelsområde Provstads district "
        "(från polisen, rutin) läggs in och gäller från och med den 1 mars 2024.",
        "Först: kundförvaltare.",
        "När det är stängt: störningsjour.",
    ]
    assert ContactRoute.objects.get().verified_on == TURN
    stored = RouteContact.objects.get(title="kundförvaltare")
    assert (stored.mailbox, stored.phone) == ("kund@example.org", "+46846500410")


def test_a_route_about_a_group_belongs_to_its_agreement_and_history(world):
    act = add(world, group=world.group)
    assert (act.agreement, act.groups.get()) == (world.agreement, world.group)


def test_a_route_is_in_force_from_its_first_day_through_its_last(route):
    last = day("2024-06-30")
    services.end_route(user=None, route=route, last_day=last)
    asked = [day_before(TURN), TURN, last, day_after(last)]
    assert [ContactRoute.objects.as_of(each).exists() for each in asked] == [
        False,
        True,
        True,
        False,
    ]


def test_two_alike_are_not_in_force_on_the_same_day(world, route):
    services.end_route(user=None, route=route, last_day=day("2024-06-30"))
    said = refused(add, world=world, first_day=day("2024-06-30"))
    assert "finns redan från och med den 1 mars 2024 till och med den 30 juni 2024" in str(said)
    assert "finns redan" in str(refused(add, world=world, first_day=day("2020-02-01")))
    add(world, first_day=day("2024-07-01"))
    refused(services.end_route, user=None, route=route, last_day=day("2024-07-01"))
    add(world, purpose="reactive")
    add(world, area=world.north)
    add(world, group=world.group)


@pytest.mark.parametrize("number", ["112", "114 14", "+46 114 14", "11414", "0046112"])
def test_the_numbers_of_all_are_nobodys_contact(world, number):
    lines = [DAYTIME, Line(title="polisen", phone=number)]
    said = refused(add, world=world, contacts=lines)
    assert list(said) == ["phone-2"]
    assert "112 och 114 14 är allas nummer" in said["phone-2"][0]


@pytest.mark.parametrize("title", ["112", "Ring 112", "polisen 114 14"])
def test_the_numbers_of_all_are_nobodys_function_either(world, title):
    said = refused(add, world=world, contacts=[Line(title=title, phone="08-465 004 10")])
    assert list(said) == ["title-1"]


def test_ending_never_lengthens(route):
    services.end_route(user=None, route=route, last_day=TURN)
    route.refresh_from_db()
    said = refused(services.end_route, user=None, route=route, last_day=day_after(TURN))
    assert "slutar tidigare än så" in said["last_day"][0]


@pytest.mark.parametrize(
    ("line", "field"),
    [
        (Line(title=" ", phone="08-465 004 10"), "title-1"),
        (Line(title="jour"), "phone-1"),
        (Line(title="jour", phone="ring mig"), "phone-1"),
        (Line(title="jour", mailbox="jour"), "mailbox-1"),
        (Line(title="jour", phone="08-465 004 10", opens=datetime.time(8)), "closes-1"),
        (
            Line(
                title="jour",
                phone="08-465 004 10",
                opens=datetime.time(8),
                closes=datetime.time(8),
            ),
            "closes-1",
        ),
    ],
)
def test_what_is_wrong_is_said_beside_its_own_contact(world, line, field):
    assert list(refused(add, world=world, contacts=[line])) == [field]


def test_somebodys_own_address_is_no_mailbox_of_a_function(world):
    person = make_person(world.company)
    ContactDetail.objects.create(person=person, kind="email", value="kim@example.org", main=True)
    said = refused(add, world=world, contacts=[Line(title="jour", mailbox="Kim@example.org")])
    assert "hör till en person" in said["mailbox-1"][0]


def test_a_route_has_a_contact_that_answers_when_it_is_open(world):
    assert "minst en kontakt" in str(refused(add, world=world, contacts=[]))
    assert "minst en kontakt" in str(refused(add, world=world, contacts=[NIGHT]))


def test_the_way_leads_to_the_side_that_it_says(world):
    assert list(refused(add, world=world, direction="to_police")) == ["organization"]
    assert list(refused(add, world=world, organization=world.police)) == ["organization"]
    add(world, direction="to_police", organization=world.police)


def test_what_it_is_about_is_there_on_the_first_day(world):
    SteeringGroup.objects.filter(pk=world.group.pk).update(valid_through=day_before(TURN))
    world.group.refresh_from_db()
    assert list(refused(add, world=world, group=world.group)) == ["group"]
    add(world, group=world.group, first_day=day_before(TURN))


def test_the_contacts_are_replaced_as_a_whole_in_their_order(route):
    before = services.last_seen(route)
    act = services.change_route(
        user=None, route=route, contacts=[NIGHT, *[DAYTIME] * 2], today=TURN, seen=before
    )
    assert [each.title for each in route.contacts.all()] == [
        "kundförvaltare",
        "kundförvaltare",
        "störningsjour",
    ]
    assert ("contactroute", "~") in caused(act)
    route.refresh_from_db()
    assert route.verified_on == TURN
    said = refused(
        services.change_route, user=None, route=route, contacts=[DAYTIME], today=TURN, seen=before
    )
    assert "Kontaktvägen har ändrats" in said[""][0]


def test_changing_nothing_is_refused_and_only_the_note_leaves_the_contacts(route):
    same = [DAYTIME, NIGHT]
    said = refused(services.change_route, user=None, route=route, contacts=same, today=TURN)
    assert "redan sådana" in said[""][0]
    act = services.change_route(
        user=None, route=route, contacts=same, today=TURN, note="Ring först."
    )
    assert caused(act) == [("contactroute", "~")]
    assert "Ring" not in act.summary


def test_a_route_that_has_ended_is_not_changed(route):
    services.end_route(user=None, route=route, last_day=TURN)
    changed = {"user": None, "route": route, "contacts": [DAYTIME]}
    refused(services.change_route, **changed, today=day_after(TURN))
    services.change_route(**changed, today=TURN)


def test_a_last_day_before_the_first_or_the_same_again_is_refused(route):
    before = refused(services.end_route, user=None, route=route, last_day=day_before(TURN))
    assert list(before) == ["last_day"]
    services.end_route(user=None, route=route, last_day=TURN)
    assert list(refused(services.end_route, user=None, route=route, last_day=TURN)) == ["last_day"]


# -- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("right", "on", "about_area", "about_group"),
    [
        (EDIT_CONTACTS, "company", True, True),
        (EDIT_CONTACTS, "police", False, False),
        (EDIT_GROUP_CONTACTS, "group", False, True),
        (EDIT_GROUP_CONTACTS, "central", False, False),
        ("edit_structure", "agreement", True, True),
        ("edit_priorities", "group", False, False),
    ],
)
def test_who_may_change_a_route(world, route, right, on, about_area, about_group):
    user = make_user("kontakt@example.org")
    grant(user, right, getattr(world, on))
    assert may_edit_route(user, route) is about_area
    add(world, group=world.group)
    grouped = ContactRoute.objects.select_related("organization", "group__agreement")
    assert may_edit_route(user, grouped.get(group=world.group)) is about_group


def test_the_coordinator_of_another_territory_may_not(route, elsewhere):
    user = make_user("annan@example.org")
    grant(user, "edit_structure", elsewhere.agreement)
    assert not may_edit_route(user, route)


# -- the demo -----------------------------------------------------------------------------------


def test_the_demo_has_invented_routes_both_ways(structure):
    add_routes(today())
    routes = ContactRoute.objects.as_of(today())
    assert set(routes.values_list("direction", flat=True)) == {"to_police", "from_police"}
    assert set(routes.values_list("source_mark", flat=True)) == {"example"}
    contacts = RouteContact.objects.all()
    assert all(each.phone.startswith("+468465004") for each in contacts)
    assert all(each.mailbox.startswith("exempel-") for each in contacts)
    without_evening = routes.exclude(contacts__when_closed=True).filter(purpose="preventive")
    assert without_evening.exists()
    assert routes.filter(verified_on=None).exists()
    for each in [*routes, *contacts]:
        each.full_clean()
    companies = Organization.objects.filter(contact_routes__direction="from_police").distinct()
    assert companies.count() >= 4
