"""One table of who may open what, compared with every address of the app."""

import re
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.contrib.auth.tokens import default_token_generator
from django.db.models import Model
from django.test import Client
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from governance.models import (
    Act,
    ImportRun,
    Leave,
    LookupRun,
    Person,
    Seat,
    SituationPicture,
    SteeringGroup,
    SteeringGroupUserGrant,
    User,
)
from governance.services.inquiries import token_of
from tests.access import METHODS, addresses, answer, read_table, row_for, url_of, window
from tests.days import day
from tests.following import make_picture
from tests.routes import routed
from tests.worlds import World, appoint, grant, made_about, make_user, stocked

pytestmark = pytest.mark.once("postgres")
SEAT_PAGES = ["seat", "appoint", "replace", "plan", "stand_in", "change_seat", "end_seat"]
REQUEST_PAGES = ["grant_request", "decline_request", "withdraw_request"]
WISH_PAGES = ["change_wish", "end_wish", "tie_seats"]
PRIORITY_PAGES = ["change_priority", "end_priority", "add_goal"]
GOAL_PAGES = ["change_goal", "remove_goal"]
MEASURE_PAGES = ["measure", "change_measure", "report_measure", "withdraw_measure"]
PLAN_PAGES = ["action_plan", "change_plan", "withdraw_plan"]
MANDATE_PAGES = ["extend", "end_mandate", "leave", "correct"]
MEETING_PAGES = ["change_meeting", "hold_meeting", "cancel_meeting", "call", "calendar"]
FOLLOWUP_VERBS = ["show_followup", "send_followup", "return_followup", "adopt_followup"]
FOLLOWUP_VERBS += ["revise_followup", "followup_comments"]
PERSON_PAGES = ["describe_person", "move_person", "change_contacts", "protect_person"]
STOCK_PAGES = ["describe_property", "hide_property", "end_holding"]
PRESENCE_PAGES = ("presence", "presence_map", "presence_shapes")
BOUNDARY_PAGES = ["boundary_set", "confirm_boundary_names"]
BOUNDARY_PAGES += ["activate_boundaries", "discard_boundaries"]
INDICATOR_PAGES = ["indicator", "export_indicator", "add_value"]
INDICATOR_PAGES += ["indicator_plot", "indicator_areas_plot"]
ROUTE_PAGES = ["verify_route", "try_route", "change_route", "end_route"]
PICTURE_PAGES = ["picture", "change_picture", "withdraw_picture"]
PERSONAS = ["karin", "rut", "sven", "olle", "fatima", "patrik", "siri", "diana", "nobody"]


@pytest.fixture
def roles(request: pytest.FixtureRequest) -> dict[str, Client]:
    """The table's columns: nobody signed in, the demo's personas, and a stranger."""
    known = {name: request.getfixturevalue(name) for name in [*PERSONAS, "stranger"]}
    return {"ingen": window(None), **{name: window(user) for name, user in known.items()}}


@pytest.fixture
def objects(farsta, structure, sven, elsewhere: World) -> dict[str, SimpleNamespace]:
    """What an address's argument is taken from: ours, and the other municipality's."""
    ours = make_user("vi@example.org")
    theirs = make_user("de@example.org")
    grant(ours, "appoint_own", sven.person.organization)  # a row for the back office
    return {
        "egen": SimpleNamespace(
            group=farsta,
            agreement=structure,
            organization=sven.person.organization,
            person=sven.person,
            account=ours,
            lookup=looked_up(ours),
            grant=given(ours, farsta),
            **seated(farsta.seats.first(), sven.person),
        ),
        "annans": SimpleNamespace(
            group=elsewhere.group,
            agreement=elsewhere.agreement,
            organization=elsewhere.city,
            person=elsewhere.city.people.create(),
            account=theirs,
            lookup=looked_up(theirs),
            grant=given(theirs, elsewhere.group),
            **seated(elsewhere.member, elsewhere.company.people.create()),
        ),
    }


def seated(seat: Seat, person: Person) -> dict[str, Model]:
    """A seat with a mandate and leave from it, and an act that somebody else has done there."""
    mandate = appoint(seat, person, day("2021-01-01"), day("2021-12-31"))
    leave = Leave.objects.create(mandate=mandate, valid_from=day("2021-05-01"))
    act = Act.objects.create(verb=Act.Verb.APPOINT, agreement=seat.group.agreement)
    act.groups.add(seat.group)
    made = made_about(mandate)
    ImportRun.objects.filter(pk=made["importrun"].pk).update(act=act)
    return {
        "seat": seat,
        "mandate": mandate,
        "leave": leave,
        "act": act,
        **made,
        **routed(seat),
        **stocked(person.organization),
        "valuerun": ImportRun.objects.create(columns={"values": "", "keys": []}),
    }


def looked_up(user: User) -> LookupRun:
    sheet = {"headings": ["Stadsdel"], "heading_row": 1, "rows": [[2, "Farsta"]]}
    columns = {"keys": ["area"], "personal": [], "confirmed": True}
    return LookupRun.objects.create(user=user, day=day("2026-01-01"), sheet=sheet, columns=columns)


def given(user: User, group: SteeringGroup) -> SteeringGroupUserGrant:
    grant(user, "edit_roster", group)
    return SteeringGroupUserGrant.objects.get(user=user)


def arguments_of(address: str, mine: SimpleNamespace) -> dict[str, object]:
    """The arguments of the address, taken from one side's objects."""
    name = address.split(":")[-1]
    in_admin = re.search(r"governance[_/]([a-z]+)[_/]", address)
    if in_admin:
        return {"object_id": row_in_admin(in_admin[1], mine)}
    company = mine.holding.organization.slug
    by_name = {
        "agreement": {"slug": mine.agreement.slug},
        "organization": {"slug": mine.organization.slug},
        **{page: {"slug": mine.organization.slug} for page in PRESENCE_PAGES},
        "person": {"pk": mine.person.pk},
        "appoint_everywhere": {"pk": mine.person.pk},
        **{page: {"pk": mine.person.pk} for page in PERSON_PAGES},
        "succeed": {"slug": mine.organization.slug},
        "managed_account": {"pk": mine.account.pk},
        "register": {"slug": mine.group.slug, "pk": mine.group.decisions.first().pk},
        **{page: {"slug": mine.group.slug, "pk": mine.seat.pk} for page in SEAT_PAGES},
        **{page: {"pk": mine.mandate.pk} for page in MANDATE_PAGES},
        **{page: {"pk": mine.wantedfunction.pk} for page in WISH_PAGES},
        **{page: {"pk": mine.localpriority.pk} for page in PRIORITY_PAGES},
        **{page: {"pk": mine.goal.pk} for page in GOAL_PAGES},
        **{page: {"pk": mine.seatrequest.pk} for page in REQUEST_PAGES},
        **{page: {"pk": mine.measure.pk} for page in MEASURE_PAGES},
        **{page: {"slug": mine.group.slug, "pk": mine.actionplan.pk} for page in PLAN_PAGES},
        "end_leave": {"pk": mine.leave.pk},
        "ask": {"slug": mine.agreement.slug},
        **{page: {"pk": mine.inquiry.pk} for page in ("record_answer", "withdraw_inquiry")},
        "settle_answer": {"pk": mine.answer.pk},
        "confirm_facts": {"token": token_of(mine.inquiry)},
        **{page: {"slug": mine.group.slug, "pk": mine.meeting.pk} for page in MEETING_PAGES},
        **{
            page: {"slug": mine.group.slug, "pk": mine.situationpicture.pk}
            for page in PICTURE_PAGES
        },
        **{
            f"own_{page}": {"slug": mine.agreement.slug, "pk": own_picture(mine).pk}
            for page in PICTURE_PAGES
        },
        **{page: {"slug": mine.agreement.slug} for page in ("own_pictures", "own_add_picture")},
        **{page: {"slug": company} for page in ("stock", "export_stock", "add_stock")},
        **{page: {"year": 2021, "slug": mine.group.slug} for page in FOLLOWUP_VERBS},
        "stock_run": {"slug": company, "pk": mine.stockrun.pk},
        **{page: {"slug": mine.indicator.slug} for page in INDICATOR_PAGES},
        **{page: {"pk": mine.indicatorvalue.pk} for page in ("correct_value", "withdraw_value")},
        "value_run": {"pk": mine.valuerun.pk},
        "property": {"pk": mine.property.pk},
        **{page: {"pk": mine.lookup.pk} for page in ("lookup", "export_lookup")},
        **{page: {"pk": mine.holding.pk} for page in STOCK_PAGES},
        **{page: {"pk": mine.boundaryset.pk} for page in BOUNDARY_PAGES},
        **{page: {"pk": mine.contactroute.pk} for page in ROUTE_PAGES},
        "take_back_attempt": {"pk": mine.routeattempt.pk},
        "route_sheet": {"slug": mine.district.slug},
        **{page: {"year": 2021} for page in ("year", "set_round_due", "remind_of_round")},
        "year_report": {"year": 2021},
        "group_report": {"year": 2021, "slug": mine.group.slug},
        **{page: {"year": 2021} for page in ("year_measures_plot", "year_data")},
        "year_report_file": {"year": 2021, "kind": "docx"},
        "group_report_file": {"year": 2021, "slug": mine.group.slug, "kind": "docx"},
        "year_plot": {"year": 2021, "pk": mine.indicator.pk},
        "goal_plot": {"year": 2021, "slug": mine.group.slug, "pk": mine.goal.pk},
        "followup": {"year": 2021, "slug": mine.group.slug},
        "followup_section": {
            "year": 2021,
            "slug": mine.group.slug,
            "pk": mine.followupsection.pk,
        },
        "undo": {"pk": mine.act.pk},
        "unknown": {"rest": "finns-inte"},
        "import_run": {"pk": mine.importrun.pk},
        "revoke_grant": {"on": "grupp", "pk": mine.grant.pk},
        "help_task": {"task": "foresla-grupp"},
        "app_list": {"app_label": "governance"},
        "auth_user_password_change": {"id": mine.account.pk},
        "view_on_site": {"content_type_id": 1, "object_id": 1},
        "new_password": link_for(mine.account),
        "invitation": link_for(mine.account),
    }
    return by_name.get(name, {"slug": mine.group.slug})


def own_picture(mine: SimpleNamespace) -> SituationPicture:
    """The municipality's own, made when it is first asked for."""
    made = SituationPicture.objects.filter(agreement=mine.agreement).first()
    return made or make_picture(None, agreement=mine.agreement)


def link_for(user: User) -> dict[str, object]:
    uid = urlsafe_base64_encode(force_bytes(user.pk))
    return {"uidb64": uid, "token": default_token_generator.make_token(user)}


def row_in_admin(noun: str, mine: SimpleNamespace) -> object:
    model = apps.get_model("governance", noun)
    own = {"steeringgroup": mine.group, "user": mine.account}
    row = own.get(noun) or vars(mine).get(noun) or model._default_manager.first()
    return row.pk if row else 1


def cases(objects: dict[str, SimpleNamespace]) -> Iterator[tuple[str, str, str, str]]:
    """Address, whose object, method and the URL to ask."""
    for address, names in addresses():
        for whose in objects if names else ["-"]:
            arguments = arguments_of(address, objects[whose]) if names else {}
            for method in METHODS:
                yield address, whose, method, url_of(address, arguments)


def test_every_address_answers_everybody_as_the_table_says(roles, objects) -> None:
    table, wrong, used = read_table(), [], set()
    for address, whose, method, url in cases(objects):
        row = row_for(table, address, whose, method)
        if row is None:
            wrong.append(f"{address} {whose} {method}: står inte i tabellen")
            continue
        used.add(row)
        for role, client in roles.items():
            found = answer(client, url, method)
            if found != row.answers[role]:
                wrong.append(
                    f"{address} {whose} {method} {role}: {found}, ska vara {row.answers[role]}"
                )
    wrong += [
        f"{row.address} {row.whose} {row.method}: finns inte" for row in table if row not in used
    ]
    assert wrong == []
