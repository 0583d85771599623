"""Groups with their rosters, organisations, areas and mandates, as the reader may see them."""

import datetime
from collections.abc import Callable
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Path as PathPart
from ninja import Query, Router

from governance.api.access import reader
from governance.api.days import day_of
from governance.api.places import area_of
from governance.api.schemas import (
    Areas,
    Asked,
    Group,
    Groups,
    Mandates,
    OnDay,
    Organizations,
    or_refusal,
)
from governance.models import Area, Coverage, Mandate, Organization, SteeringGroup
from governance.permissions import (
    get_visible,
    names,
    visible_areas,
    visible_groups,
    visible_organizations,
)
from governance.queries.rosters import Holder, SeatRow, roster

router = Router(tags=["Listor"])
Slug = Annotated[str, PathPart(description="Gruppens adress, som i listan över styrgrupper.")]
Rows = Callable[[Any], dict[str, Any]]


@router.get("/groups", response=or_refusal(Groups), summary="Styrgrupper")
def groups(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    day = day_of(asked.date)
    rows = visible_groups(reader(request)).as_of(day).with_state(day)
    rows = rows.select_related("agreement").order_by("sort_key", "pk")
    return page(rows, asked, lambda group: group_of(group, day))


@router.get("/groups/{slug}", response=or_refusal(Group), summary="En styrgrupp med sina platser")
def group(request: HttpRequest, slug: Slug, asked: Query[OnDay]) -> dict[str, Any]:
    """Platserna den dagen med läge och vem som sitter där. Skyddade namn visas aldrig."""
    who, day = reader(request), day_of(asked.date)
    visible = visible_groups(who).with_state(day).select_related("agreement")
    found = get_visible(visible, slug=slug.replace("\0", ""))
    covered = Area.objects.filter(coverages__in=Coverage.objects.as_of(day).filter(group=found))
    return {
        **group_of(found, day),
        "date": day,
        "areas": [area_of(area) for area in covered.order_by("sort_key", "pk")],
        "seats": [seat_of(row) for row in roster(who, found, day).rows],
    }


@router.get("/organizations", response=or_refusal(Organizations), summary="Organisationer")
def organizations(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    visible = visible_organizations(reader(request))
    seen = set(visible.values_list("pk", flat=True))
    rows = Organization.objects.as_of(day_of(asked.date)).filter(pk__in=seen)
    ordered = rows.select_related("parent").order_by("sort_key", "pk")
    return page(ordered, asked, lambda each: organization_of(each, seen))


@router.get("/areas", response=or_refusal(Areas), summary="Områden")
def areas(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    rows = Area.objects.as_of(day_of(asked.date)).filter(pk__in=visible_areas(reader(request)))
    return page(rows.order_by("kind", "sort_key", "pk"), asked, area_of)


@router.get("/mandates", response=or_refusal(Mandates), summary="Uppdrag")
def mandates(request: HttpRequest, asked: Query[Asked]) -> dict[str, Any]:
    """De uppdrag som gäller den dagen. Skyddade namn visas aldrig."""
    who = reader(request)
    rows = Mandate.objects.as_of(day_of(asked.date)).filter(
        seat__group__in=visible_groups(who).values("pk")
    )
    related = "seat__group", "seat__function", "seat__organization", "person"
    rows = rows.select_related(*related).order_by("seat__group__sort_key", "seat_id", "pk")
    part = rows[asked.offset : asked.offset + asked.limit]
    shown = names(who, [row.person for row in part])
    return {
        **numbers(rows, asked),
        "items": [mandate_of(row, shown[row.person_id]) for row in part],
    }


def page(rows: QuerySet[Any], asked: Asked, line: Rows) -> dict[str, Any]:
    part = rows[asked.offset : asked.offset + asked.limit]
    return {**numbers(rows, asked), "items": [line(row) for row in part]}


def numbers(rows: QuerySet[Any], asked: Asked) -> dict[str, int]:
    return {"count": rows.count(), "limit": asked.limit, "offset": asked.offset}


def group_of(group: SteeringGroup, day: datetime.date) -> dict[str, Any]:
    state = group.state(day)
    return {
        "slug": group.slug,
        "name": group.name,
        "level": group.kind,
        "agreement": group.agreement.slug,
        "status": {"code": state.code, "text": state.text},
        "mailbox": group.mailbox,
        "valid_from": group.valid_from,
        "valid_through": group.valid_through,
    }


def organization_of(organization: Organization, seen: set[int]) -> dict[str, Any]:
    above = organization.parent if organization.parent_id in seen else None
    return {
        "slug": organization.slug,
        "name": organization.name,
        "kind": organization.kind,
        "parent": above.slug if above else None,
        "mailbox": organization.mailbox,
    }


def seat_of(row: SeatRow) -> dict[str, Any]:
    seat = row.seat
    return {
        "function": seat.function.title,
        "number": seat.number,
        "role": seat.role,
        "organization": seat.organization.slug,
        "mailbox": row.mailbox,
        "status": {"code": row.status.code, "text": row.status.text},
        "holder": sitting(row.holder) if row.holder else None,
        "deputies": [sitting(each) for each in row.deputies],
    }


def sitting(held: Holder) -> dict[str, Any]:
    mandate = held.mandate
    return {
        "kind": mandate.kind,
        "title": held.title,
        "name": held.name,
        "valid_from": mandate.valid_from,
        "valid_through": mandate.valid_through,
    }


def mandate_of(mandate: Mandate, name: str | None) -> dict[str, Any]:
    seat = mandate.seat
    return {
        "id": mandate.pk,
        "group": seat.group.slug,
        "function": seat.function.title,
        "role": seat.role,
        "organization": seat.organization.slug,
        "kind": mandate.kind,
        "title": mandate.title_then or mandate.person.title,
        "name": name,
        "valid_from": mandate.valid_from,
        "valid_through": mandate.valid_through,
    }
