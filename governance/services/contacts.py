"""Contact routes: whom one reaches, in which order and when; one act for each verb.

Functions and organisations are named in what is said of them, never persons, addresses
or numbers.
"""

import datetime
from collections.abc import Sequence

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Max

from governance.models import (
    Act,
    Agreement,
    Area,
    AreaMap,
    ContactRoute,
    Organization,
    SteeringGroup,
    User,
)
from governance.models.organizations import POLICE_KINDS
from governance.rights import EDIT_STRUCTURE, rights
from governance.services.acts import Stale, act
from governance.services.route_contacts import Line, checked, in_order, lines_of, write
from governance.swedish import in_words


def last_seen(route: ContactRoute) -> int:
    """The latest act on the route: what a reader of it has seen."""
    rows = ContactRoute.history.filter(id=route.pk)
    return rows.aggregate(newest=Max("caused_by"))["newest"] or 0


def add_route(
    *,
    user: User | None,
    organization: Organization,
    direction: str,
    purpose: str,
    contacts: Sequence[Line],
    first_day: datetime.date,
    area: Area | None = None,
    group: SteeringGroup | None = None,
    note: str = "",
    today: datetime.date | None = None,
) -> Act:
    """Add a route that is in force from `first_day`, for either an area or a group.

    `today` is the day on which somebody says that it is right, and counts as its first
    verification; None: nobody has said so. A route in force the same days with the same
    organisation, direction, purpose and area or group is refused.
    """
    route = ContactRoute(
        organization=organization,
        direction=direction,
        purpose=purpose,
        area=area,
        group=group,
        note=note.strip(),
        valid_from=first_day,
        verified_on=today,
    )
    return _add(user, route, contacts)


def _add(user: User | None, route: ContactRoute, contacts: Sequence[Line]) -> Act:
    with act(user=user, verb=Act.Verb.ROUTE, agreement=agreement_of(user, route)) as done:
        _lock(route)
        lines = checked(user, contacts)
        route.full_clean()
        _check_place(route)
        _check_alone(route)
        route.save()
        write(route, lines)
        first = in_words(route.valid_from)
        tell(done, route, f"läggs in och gäller från och med den {first}.", in_order(lines))
    return done


def change_route(
    *,
    user: User | None,
    route: ContactRoute,
    contacts: Sequence[Line],
    today: datetime.date,
    note: str = "",
    seen: int | None = None,
) -> Act:
    """Let these be the contacts, in this order, and this the note; verified `today`."""
    with act(user=user, verb=Act.Verb.ROUTE, agreement=agreement_of(user, route)) as done:
        route = locked(route, seen)
        if route.has_ended(today):
            raise ValidationError("Kontaktvägen gäller inte längre. Lägg in en ny i stället.")
        lines, before = checked(user, contacts), lines_of(route)
        if (lines, note.strip()) == (before, route.note):
            raise ValidationError(
                "Uppgifterna är redan sådana. Inget har ändrats. "
                "Stämmer de fortfarande: bekräfta kontaktvägen i stället."
            )
        route.note, route.verified_on = note.strip(), today
        route.full_clean()
        route.save()
        if lines != before:
            route.contacts.all().delete()
            write(route, lines)
        tell(
            done, route, "ändras.", in_order(lines) if lines != before else ["Anmärkningen ändras."]
        )
    return done


def end_route(
    *, user: User | None, route: ContactRoute, last_day: datetime.date, seen: int | None = None
) -> Act:
    """Let the route be in force through `last_day`, and no longer; it stays in the history."""
    with act(user=user, verb=Act.Verb.ROUTE, agreement=agreement_of(user, route)) as done:
        route = locked(route, seen)
        if route.is_upcoming(last_day):
            first = in_words(route.valid_from)
            raise ValidationError(
                {"last_day": f"Kontaktvägen börjar gälla den {first}. Välj den dagen eller senare."}
            )
        if route.valid_through == last_day:
            raise ValidationError({"last_day": "Det är redan dess sista dag. Inget har ändrats."})
        if route.has_ended(last_day):
            raise ValidationError(
                {
                    "last_day": "Kontaktvägen slutar tidigare än så. Välj en tidigare dag, eller "
                    "lägg till en ny kontaktväg som börjar när den här har slutat."
                }
            )
        route.valid_through = last_day
        route.full_clean()
        _check_alone(route)
        route.save()
        tell(done, route, f"gäller till och med den {in_words(last_day)}.", [])
    return done


# -- the route ------------------------------------------------------------------------------------


def agreement_of(user: User | None, route: ContactRoute) -> Agreement:
    """The group's agreement; for an area one whose territory has a part of it.

    Among several, one that the user coordinates comes first, then one that the user
    belongs to, then the one above the others.
    """
    if route.group is not None:
        return route.group.agreement
    if route.area is None:
        raise ValidationError("Välj ett område eller en styrgrupp.")
    near = AreaMap(None)
    around = near.upwards(*near.downwards(route.area.pk))
    found = list(Agreement.objects.filter(territory__in=around).order_by("pk"))
    if not found:
        raise ValidationError(f"{route.area.name} ligger inte inom någon överenskommelse.")
    mine = set() if user is None else {each.pk for each in rights(user).agreements}

    def rank(each: Agreement) -> tuple[bool, bool, bool]:
        coordinates = user is not None and rights(user).may(EDIT_STRUCTURE, each)
        return not coordinates, each.pk not in mine, each.parent_id is not None

    return min(found, key=rank)


def _lock(route: ContactRoute) -> None:
    """One writer at a time among the routes to an organisation."""
    Organization.objects.select_for_update(of=("self",)).get(pk=route.organization_id)


def locked(route: ContactRoute, seen: int | None) -> ContactRoute:
    _lock(route)
    rows = ContactRoute.objects.select_for_update(of=("self",)).filter(pk=route.pk)
    found = rows.select_related("organization").get()
    found.group, found.area = route.group, route.area
    if seen is not None and last_seen(found) != seen:
        raise Stale("Kontaktvägen")
    return found


def _check_place(route: ContactRoute) -> None:
    """Whom one reaches is of the right side, and all that it is about is there on its first day."""
    to_police = route.direction == ContactRoute.Direction.TO_POLICE
    if to_police != (route.organization.kind in POLICE_KINDS):
        raise ValidationError(
            {
                "organization": "Vägar till polisen leder till en organisation inom polisen."
                if to_police
                else "Vägar från polisen leder till någon annan än polisen."
            }
        )
    for name in ("organization", "group", "area"):
        part = getattr(route, name)
        if part is not None and part.has_ended(route.valid_from):
            raise ValidationError(
                {name: f"{part} finns inte längre den {in_words(route.valid_from)}."}
            )


def _check_alone(route: ContactRoute) -> None:
    equal = ContactRoute.objects.filter(
        organization=route.organization,
        direction=route.direction,
        purpose=route.purpose,
        area=route.area,
        group=route.group,
    )
    rivals = equal.exclude(pk=route.pk).overlapping(route.valid_from, route.valid_through)
    first = rivals.order_by("valid_from").first()
    if first is None:
        return
    last = f" till och med den {in_words(first.valid_through)}" if first.valid_through else ""
    raise ValidationError(
        {
            NON_FIELD_ERRORS: f"{_about(route)} finns redan från och med den "
            f"{in_words(first.valid_from)}{last}. Ändra den, eller avsluta den först."
        }
    )


def tell(done: Act, route: ContactRoute, what: str, more: list[str]) -> None:
    if route.group is not None:
        done.groups.add(route.group)
    done.summary = "\n".join([f"{_about(route)} {what}", *more])


def _about(route: ContactRoute) -> str:
    where = route.group.name if route.group else ""
    if route.area is not None:
        where = f"{route.area.get_kind_display()} {route.area.name}"
    kind = f"{route.get_direction_display()}, {route.get_purpose_display()}"
    return f"Kontaktvägen till {route.organization} i {where} ({kind})"
