"""Contact routes made by hand."""

import datetime

from django.db.models import Model
from django.test import Client

from governance.models import (
    Area,
    AreaPart,
    ContactRoute,
    Organization,
    RouteAttempt,
    RouteContact,
    Seat,
)
from tests.worlds import FIRST, make_user


def make_route(
    organization: Organization,
    *,
    way: str = "from_police",
    purpose: str = "reactive",
    **more: object,
) -> ContactRoute:
    """With one function in office hours, and one that answers the whole day when closed."""
    route = ContactRoute.objects.create(
        organization=organization, direction=way, purpose=purpose, **{"valid_from": FIRST, **more}
    )
    RouteContact.objects.create(
        route=route,
        order=1,
        title="bovärd",
        mailbox="bovard@bostader.example.org",
        weekdays="12345",
        opens=datetime.time(8),
        closes=datetime.time(16),
        closed_on_holidays=True,
    )
    RouteContact.objects.create(
        route=route, order=1, title="störningsjour", phone="+4686000000", when_closed=True
    )
    return route


def make_lpo(slug: str, *parts: Area, whole: Area | None = None) -> Area:
    """A lokalpolisområde made of the parts, or itself a part of the whole."""
    area = Area.objects.create(
        name=f"Provområdet {slug}", slug=slug, kind=Area.Kind.POLICE_DISTRICT, valid_from=FIRST
    )
    pairs = [(part, area) for part in parts] + ([(area, whole)] if whole else [])
    for part, larger in pairs:
        AreaPart.objects.create(part=part, whole=larger, whole_kind=larger.kind, valid_from=FIRST)
    return area


def routed(seat: Seat) -> dict[str, Model]:
    """A route about the seat's group to its organisation, by noun, with a lokalpolisområde."""
    route = make_route(seat.organization, group=seat.group)
    user = make_user(f"ringde-{seat.pk}@example.org")
    territory = seat.group.agreement.territory
    return {
        "contactroute": route,
        "routecontact": route.contacts.first(),
        "routeattempt": RouteAttempt.objects.create(route=route, user=user),
        "district": make_lpo(f"provlpo-{seat.pk}", whole=territory),
    }


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())
