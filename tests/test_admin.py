"""The back office: for operators, every noun, one act a save, verbs by their services."""

from urllib.parse import unquote

import pytest
from django.apps import apps
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import (
    Act,
    Area,
    ContactDetail,
    Coverage,
    Leave,
    LookupRun,
    Organization,
    PersonName,
    RouteAttempt,
)
from tests.back_office import url
from tests.days import day
from tests.routes import routed
from tests.worlds import FIRST, appoint, grant, made_about, make_person, make_seat, stocked

pytestmark = pytest.mark.django_db
NOUNS = sorted(model._meta.model_name for model in admin.site._registry)


@pytest.fixture
def operator(client, diana):
    client.force_login(diana)
    return diana


# -- who gets in -------------------------------------------------------------------------


def test_every_noun_is_there_under_a_swedish_name():
    own = {
        model
        for model in apps.get_app_config("governance").get_models()
        if not model.__name__.startswith("Historical") and not model.__name__.endswith("GroupGrant")
    }
    # Names, addresses, lists to look up and who tried to call are for nobody but their owner.
    kept = {PersonName, ContactDetail, LookupRun, RouteAttempt}
    assert own - kept == set(admin.site._registry)


@pytest.mark.parametrize("who", ["karin", "rut", "fatima", "siri", "stranger", "nobody"])
@pytest.mark.parametrize("address", ["/admin/", "/admin/governance/person/", "/admin/login/"])
def test_those_who_are_no_operators_are_refused(client, request, who, address):
    client.force_login(request.getfixturevalue(who))
    assert client.get(address).status_code == 403


@pytest.mark.parametrize("field", ["is_active", "is_superuser"])
def test_a_closed_account_or_mere_staff_is_no_operator(client, diana, field):
    setattr(diana, field, False)
    diana.save()
    client.force_login(diana)
    assert client.get("/admin/").status_code in (302, 403)


def test_the_back_office_has_no_sign_in_of_its_own(client, structure):
    there = client.get("/admin/governance/area/", follow=True).redirect_chain[-1][0]
    assert unquote(there) == "/konto/logga-in/?next=/admin/governance/area/"
    outside = client.get("/admin/login/?next=https://example.com/")["Location"]
    assert outside == "/konto/logga-in/?next=%2Fadmin%2F"


@pytest.mark.parametrize("noun", NOUNS)
def test_every_list_form_and_history_opens_and_nothing_is_deleted(client, operator, farsta, noun):
    model = apps.get_model("governance", noun)
    held = appoint(farsta.seats.first(), make_person(farsta.seats.first().organization))
    Leave.objects.create(mandate=held, valid_from=held.valid_from)
    made_about(held)
    stocked(held.seat.organization)
    routed(held.seat)
    grant(operator, "edit_roster", farsta)
    grant(operator, "edit_structure", farsta.agreement)
    grant(operator, "appoint_own", Organization.objects.first())
    row = model.objects.first()
    for address in [url(noun), url(noun, row.pk, "change"), url(noun, row.pk, "history")]:
        assert client.get(address).status_code == 200
    assert client.post(url(noun, row.pk, "delete"), {"post": "yes"}).status_code == 403
    assert model.objects.filter(pk=row.pk).exists()
    assert b"delete_selected" not in client.get(url(noun)).content


@pytest.mark.parametrize("noun", ["steeringgroup", "coverage", "groupdecision", "act"])
def test_what_verbs_make_is_not_added_by_hand(client, operator, noun):
    assert client.get(url(noun, "add")).status_code == 403


@pytest.mark.parametrize("noun", ["seat", "mandate", "leave", "coverage", "person"])
def test_a_list_costs_as_many_queries_with_many_rows_as_with_few(client, operator, world, noun):
    numbers = []
    for begin in (2, 22):
        for number in range(begin, begin + 20):
            seat = make_seat(world.group, world.company, "provstad-chef", number=number)
            held = appoint(seat, make_person(world.company))
            Leave.objects.create(mandate=held, valid_from=FIRST)
            area = Area.objects.create(name="o", slug=f"o-{number}", kind="plats", valid_from=FIRST)
            Coverage.objects.create(group=world.group, area=area, valid_from=FIRST)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(noun))
        numbers.append(len(queries))
    assert numbers[0] == numbers[1]


# -- finding -----------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["årsta", "ÅRSTA", "  Årsta "])
def test_search_is_swedish(client, operator, words):
    found = client.get(url("area"), {"q": words}).context["cl"].queryset
    assert "Årsta" in {area.name for area in found}
    assert not client.get(url("area"), {"q": "arsta"}).context["cl"].queryset.filter(name="Årsta")


@pytest.mark.parametrize(
    ("value", "expected"), [("nu", {"b"}), ("slut", {"a"}), ("sedan", {"c"}), ("", {"a", "b", "c"})]
)
def test_dated_rows_are_filtered_by_what_holds_today(client, operator, world, value, expected):
    for name, first, last in [
        ("a", "2020-01-01", "2020-12-31"),
        ("b", "2021-01-01", None),
        ("c", "2199-01-01", None),
    ]:
        Area.objects.create(
            name=f"filterprov {name}",
            slug=name,
            kind="plats",
            valid_from=day(first),
            valid_through=last and day(last),
        )
    found = client.get(url("area"), {"q": "filterprov", "giltighet": value}).context["cl"].queryset
    assert {area.slug for area in found} == expected


def test_a_form_begins_with_what_the_row_is_and_ends_with_its_days_and_source(client, operator):
    shown = client.get("/admin/governance/mandate/add/").context["adminform"].form
    order = list(shown.fields)
    assert order[:2] == ["seat", "person"]
    assert order[-4:] == ["valid_from", "valid_through", "source_mark", "source"]


def test_an_action_without_a_day_says_so_and_changes_nothing(client, operator, farsta):
    before = Act.objects.count()
    asked = {"action": "rest", "_selected_action": farsta.pk, "day": ""}
    page = client.post("/admin/governance/steeringgroup/", asked, follow=True)
    assert "Fyll i den dag som åtgärden gäller. Inget har ändrats." in page.content.decode()
    assert Act.objects.count() == before
