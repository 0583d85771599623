"""One contact route as a page shows it: in which order to call, and whether anybody answers."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.timezone import localtime

from governance.models import ContactRoute, RouteAttempt, RouteContact
from governance.months import within_months
from governance.queries import route_hours
from governance.rights import Account
from governance.swedish import MONTHS, listed, phone_number
from governance.temporal import day_after

VERIFIED_WITHIN = 12  # months; what was verified earlier is warned of
REGRET = datetime.timedelta(minutes=15)  # within which one's own try is taken back or changed


@dataclass(frozen=True)
class ContactLine:
    """A function on a route. `is_open` is None when the page shows another day than today."""

    place: str
    contact: RouteContact
    hours: str
    is_open: bool | None
    opens: str

    @property
    def phone(self) -> str:
        return phone_number(self.contact.phone)


@dataclass(frozen=True)
class RouteCard:
    """A route with its functions in order, and what the reader has to do with it."""

    route: ContactRoute
    first: list[ContactLine]
    when_closed: list[ContactLine]
    is_open: bool | None
    opens: str
    unanswered: str
    verified_on: datetime.date | None
    too_old: bool
    may_edit: bool
    tried: RouteAttempt | None

    @property
    def about(self) -> str:
        """`Lokal styrgrupp Farsta`, `stadsdelsområde Farsta`."""
        route = self.route
        if route.group is not None:
            return route.group.name
        return f"{route.area.get_kind_display()} {route.area.name}" if route.area else ""

    @property
    def failed_percent(self) -> int | None:
        tries: int = getattr(self.route, "tries", 0)
        return round(100 * self.route.failed / tries) if tries else None  # type: ignore[attr-defined]


def cards(
    routes: list[ContactRoute],
    day: datetime.date,
    moment: datetime.datetime | None,
    *,
    editable: Iterable[int] = (),
    user: Account | None = None,
) -> list[RouteCard]:
    """At most two queries, and one more for a past day. `moment` is now, None on another day.

    `editable` are the ids of those that the reader may edit; `user` is whose own tries
    of the last minutes are shown.
    """
    prefetch_related_objects(routes, "contacts")
    may_edit = set(editable)
    tried = _just_tried(user, moment) if user is not None and moment is not None else {}
    verified = verified_by(routes, day)
    return [
        _card(
            each,
            moment,
            verified_on=verified[each.pk],
            too_old=is_too_old(verified[each.pk], day),
            may_edit=each.pk in may_edit,
            tried=tried.get(each.pk),
        )
        for each in routes
    ]


def verified_by(
    routes: Iterable[ContactRoute], day: datetime.date
) -> dict[int, datetime.date | None]:
    """When each was last verified, as far as was known on `day`; one query if any was since."""
    found = {each.pk: each.verified_on for each in routes}
    since = [pk for pk, last in found.items() if last is not None and last > day]
    if since:
        found |= dict.fromkeys(since)
        known = ContactRoute.history.filter(id__in=since, verified_on__isnull=False)
        for pk, last in known.order_by("verified_on").values_list("id", "verified_on"):
            found[pk] = last if last <= day else found[pk]
    return found


def is_too_old(verified_on: datetime.date | None, day: datetime.date) -> bool:
    """Whether what was verified then, or never, is warned of on `day`."""
    return not within_months(verified_on, day, VERIFIED_WITHIN)


def _card(route: ContactRoute, moment: datetime.datetime | None, **more: Any) -> RouteCard:
    contacts = sorted(route.contacts.all(), key=lambda each: each.order)
    own = [each for each in contacts if not each.when_closed]
    closed = [each for each in contacts if each.when_closed]
    opened = [each for each in own if moment and route_hours.is_open(each, moment)]
    return RouteCard(
        route=route,
        first=[_line(each, _place(at, len(own)), moment) for at, each in enumerate(own)],
        when_closed=[_line(each, "När det är stängt", moment) for each in closed],
        is_open=bool(opened) if moment else None,
        opens="" if opened or not moment else _opens(own, moment),
        unanswered=listed(route_hours.unanswered(contacts)),
        **more,
    )


def _place(at: int, number: int) -> str:
    if at == 0:
        return "Först"
    return "Sist" if at == number - 1 and number > 2 else "Sedan"


def _line(contact: RouteContact, place: str, moment: datetime.datetime | None) -> ContactLine:
    is_open = route_hours.is_open(contact, moment) if moment else None
    opens = _opens([contact], moment) if moment and not is_open else ""
    return ContactLine(place, contact, route_hours.in_words(contact), is_open, opens)


def _opens(contacts: list[RouteContact], moment: datetime.datetime) -> str:
    """When the first of them opens: `i dag kl. 13.00`, `måndag den 4 maj kl. 08.00`, or ``."""
    moments = [route_hours.opens_next(each, moment) for each in contacts]
    found = min((each for each in moments if each is not None), default=None)
    if found is None:
        return ""
    now, then = localtime(moment).date(), found.date()
    if then == now:
        day = "i dag"
    elif then == day_after(now):
        day = "i morgon"
    else:
        day = f"{route_hours.DAYS[then.weekday()]} den {then.day} {MONTHS[then.month - 1]}"
    return f"{day} kl. {found:%H.%M}"


def _just_tried(user: Account, moment: datetime.datetime) -> dict[int, RouteAttempt]:
    """The user's own tries that can still be taken back, by route."""
    rows = RouteAttempt.objects.filter(user=user.pk, at__gte=moment - REGRET).order_by("at", "pk")
    return {each.route_id: each for each in rows}
