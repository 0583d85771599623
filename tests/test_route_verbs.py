"""The pages on which contact routes are added, changed and ended."""

import pytest

from governance.models import ContactRoute, RouteContact
from governance.temporal import today
from tests.days import day
from tests.reading import read
from tests.seat_pages import carry_out, cost
from tests.test_routes_changed import add
from tests.verb_pages import text, url
from tests.worlds import grant, make_group, make_person, make_user

pytestmark = pytest.mark.django_db
MOST_QUERIES = 15


@pytest.fixture
def coordinator(world, client):
    user = make_user("samordnare@example.org")
    grant(user, "edit_structure", world.agreement)
    client.force_login(user)
    return client


@pytest.fixture
def company(world, client):
    """Somebody at the company with the right to its routes alone."""
    user = make_user("bolag@example.org")
    make_person(world.company, user=user)
    grant(user, "edit_contacts", world.company)
    client.force_login(user)
    return client


def typed(world, **more) -> dict[str, object]:
    return {
        "organization": world.company.pk,
        "direction": "from_police",
        "purpose": "reactive",
        "area": world.district.pk,
        "first_day": "2025-03-01",
        "title-2": "störningsjour",
        "phone-2": "08-465 004 12",
        "opens-2": "16.00",
        "closes-2": "07:00",
        **more,
    }


def test_a_route_is_added_by_way_of_a_preview(world, company):
    act = carry_out(company, url("add_route"), typed(world))
    route = ContactRoute.objects.get()
    assert (act.verb, route.verified_on, route.valid_from) == (
        "route",
        today(),
        day("2025-03-01"),
    )
    contact = RouteContact.objects.get()
    assert (contact.order, contact.title, contact.phone) == (1, "störningsjour", "+46846500412")
    assert (contact.opens.hour, contact.closes.hour) == (16, 7)


def test_the_address_begins_the_form(world, coordinator):
    sent = {
        "organisation": world.company.slug,
        "grupp": world.group.slug,
        "riktning": "from_police",
        "syfte": "reactive",
    }
    form = coordinator.get(url("add_route"), sent).context["form"]
    assert form["organization"].value() == world.company.pk
    assert form["group"].value() == world.group.pk
    assert (form["direction"].value(), form["purpose"].value()) == ("from_police", "reactive")
    for slug in (world.district.slug, f"{world.district.kind}:{world.district.slug}"):
        area = coordinator.get(url("add_route"), {"omrade": slug}).context["form"]
        assert area["area"].value() == world.district.pk
    for nonsense in ("finns-inte", "\0", "a:b:c", ":", "x" * 500):
        every = dict.fromkeys([*sent, "omrade"], nonsense)
        assert coordinator.get(url("add_route"), every).status_code == 200


def test_a_refusal_stands_at_the_row_that_was_typed(world, coordinator):
    page = coordinator.post(url("add_route"), typed(world, **{"phone-2": "114 14"}))
    form = page.context["form"]
    assert list(form.errors) == ["phone-2"]
    assert 'value="114 14"' in text(page)
    assert 'value="störningsjour"' in text(page)
    assert not ContactRoute.objects.exists()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"area": ""}, "area"),
        ({"organization": ""}, "organization"),
        ({"title-2": "", "phone-2": "", "opens-2": "", "closes-2": ""}, "title-1"),
        ({"opens-2": "25"}, "opens-2"),
        ({"mailbox-4": "jour"}, "title-4"),
    ],
)
def test_what_is_missing_is_said_in_words(world, coordinator, more, field):
    page = coordinator.post(url("add_route"), typed(world, **more))
    assert field in page.context["form"].errors


def test_an_area_and_a_group_is_one_too_many(world, coordinator):
    page = coordinator.post(url("add_route"), typed(world, group=world.group.pk))
    assert "inte båda" in page.context["form"].errors["area"][0]


def test_who_edits_one_group_adds_no_route_about_another(world, client):
    other = make_group(world.agreement, "Andra gruppen i Provstad")
    user = make_user("grupp@example.org")
    grant(user, "edit_group_contacts", world.group)
    client.force_login(user)
    page = client.post(url("add_route"), typed(world, area="", group=other.pk))
    assert "Du har inte rätt" in page.context["form"].errors["organization"][0]
    carry_out(client, url("add_route"), typed(world, area="", group=world.group.pk))


def test_a_company_adds_routes_to_itself_only(world, company):
    form = company.get(url("add_route")).context["form"]
    assert list(form.fields["organization"].queryset) == [world.company]


def test_a_route_is_changed_and_the_order_kept(world, company):
    add(world)
    route = ContactRoute.objects.get()
    here = url("change_route", route.pk)
    form = company.get(here).context["form"]
    known = {each.name: each.value() or "" for each in form.visible_fields()}
    assert known["phone-1"] == "08-465 00 410"
    assert "redan sådana" in text(company.post(here, known))
    swapped = {**known, "title-1": "bovärd", "title-3": "områdeschef", "phone-3": "08-465 004 13"}
    carry_out(company, here, swapped)
    assert list(route.contacts.values_list("title", flat=True)) == [
        "bovärd",
        "områdeschef",
        "störningsjour",
    ]


def test_a_change_after_somebody_elses_is_stale_and_keeps_what_was_typed(world, company):
    add(world)
    route = ContactRoute.objects.get()
    here = url("change_route", route.pk)
    page = company.get(here)
    sent = {each.name: each.value() or "" for each in page.context["form"].visible_fields()}
    sent |= {"title-1": "bovärd", "seen": page.context["seen"]}
    carry_out(company, here, {**sent, "title-1": "områdeschef"})
    late = company.post(here, {**sent, "steg": "spara"})
    assert late.status_code == 409
    assert "Kontaktvägen har ändrats" in text(late)
    assert ("title-1", "bovärd") in late.context["hidden"]


def test_a_route_is_ended(world, company):
    add(world)
    route = ContactRoute.objects.get()
    carry_out(company, url("end_route", route.pk), {"last_day": "2026-01-31"})
    route.refresh_from_db()
    assert route.valid_through == day("2026-01-31")
    page = company.post(url("end_route", route.pk), {"last_day": "2024-02-29"})
    assert "last_day" in page.context["form"].errors


def test_days_that_are_none_of_the_usual_are_kept(world, company):
    add(world)
    RouteContact.objects.filter(title="kundförvaltare").update(weekdays="135")
    words = read(company, url("change_route", ContactRoute.objects.get().pk))
    assert "måndag, onsdag, fredag" in words


@pytest.mark.parametrize("page", ["add_route", "change_route", "end_route"])
def test_the_pages_cost_the_same_with_much_more_to_choose_among(world, coordinator, page):
    add(world)
    address = url(page, *([] if page == "add_route" else [ContactRoute.objects.get().pk]))
    few = cost(coordinator, address)
    for number in range(4):
        add(world, area=None, group=make_group(world.agreement, f"Grupp {number}"))
    assert cost(coordinator, address) == few <= MOST_QUERIES
