"""Whom the police reach in a lokalpolisområde: organisations with seats or stock there."""

import datetime
from dataclasses import dataclass, field

from django.db.models import Q

from governance.models import Area, ContactRoute, Holding, Organization, Seat
from governance.models.organizations import POLICE_KINDS
from governance.permissions import routes_about, visible_organizations
from governance.queries.route_pages import RouteCard, cards
from governance.queries.routes import Ground
from governance.rights import Account


@dataclass
class Owner:
    """An organisation there, and how the police reach it."""

    organization: Organization
    cards: list[RouteCard] = field(default_factory=list)


def owners(user: Account, ground: Ground, district: Area, day: datetime.date) -> list[Owner]:
    """Every visible organisation outside the police, in Swedish order, with its routes there.

    Those without any stand among them with none. Properties that are hidden (visas inte)
    do not make their company stand here.
    """
    around = ground.around([district.pk])
    groups = ground.groups_in(around)
    inside = ground.nesting.downwards(district.pk)
    seats = Seat.objects.as_of(day).filter(group__in=groups)
    stock = Holding.objects.as_of(day).filter(
        property__stated_area__in=inside, property__hidden=False
    )
    there = Q(pk__in=seats.values("organization")) | Q(pk__in=stock.values("organization"))
    rows = visible_organizations(user).filter(there).exclude(kind__in=POLICE_KINDS)
    found = {each.pk: Owner(each) for each in rows.order_by("sort_key", "pk")}
    seen = routes_about(user, ground.areas)
    routes = ContactRoute.objects.as_of(day).filter(
        Q(area__in=around) | Q(group__in=groups),
        pk__in=seen,
        direction=ContactRoute.Direction.FROM_POLICE,
        organization__in=found,
    )
    ordered = routes.select_related("organization", "area", "group").order_by("purpose", "pk")
    for card in cards(list(ordered), day, None):
        found[card.route.organization_id].cards.append(card)
    return list(found.values())
