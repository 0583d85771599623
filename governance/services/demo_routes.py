"""Contact routes in the demo: invented, both ways, some long unverified, some without evenings."""

import datetime
from dataclasses import asdict

from simple_history.utils import bulk_create_with_history

from governance.models import Area, ContactRoute, Organization, RouteContact, SteeringGroup
from governance.services.route_contacts import Line

SOURCE = "Exempel: påhittad kontaktväg i demon"
COMPANIES = ("svenska-bostader", "familjebostader", "stockholmshem", "micasa")
BEGUN = datetime.timedelta(days=500)
# How long ago a route was verified, in turn; None: never.
_AGO = (20, 75, 410, None, 150)
_SERIES = 100  # 08-465 004 00 to 99 belong to nobody: they are kept for fiction
_OFFICE = {
    "weekdays": "12345",
    "opens": datetime.time(8),
    "closes": datetime.time(16, 30),
    "closed_on_holidays": True,
}
_EVENING = {"opens": datetime.time(16), "closes": datetime.time(7)}
_TO = ContactRoute.Direction.TO_POLICE
_FROM = ContactRoute.Direction.FROM_POLICE
_PURPOSE = ContactRoute.Purpose


def add_routes(day: datetime.date) -> None:
    """Written inside somebody's act."""
    made = _Routes(day)
    areas = Area.objects.as_of(day).filter(kind=Area.Kind.POLICE_DISTRICT).order_by("pk")
    known = {row.slug: row for row in Organization.objects.as_of(day)}
    for number, area in enumerate(areas):
        police = known.get(f"lpo-{area.slug}")
        if police is not None:
            _to_police(made, police, area, number)
        for place, slug in enumerate(COMPANIES):
            if (number + place) % 4:  # some are missing
                _from_police(made, known[slug], area, number + place)
    for group in SteeringGroup.objects.at_work(day).filter(slug__in=("farsta", "jarva")):
        office = known.get(f"{group.slug}-stadsdelsforvaltning")
        if office is not None:
            made.add(
                office,
                _FROM,
                _PURPOSE.PREVENTIVE,
                [made.line("trygghetssamordnare", office, **_OFFICE)],
                group=group,
            )
    made.write()


def _to_police(made: "_Routes", police: Organization, area: Area, number: int) -> None:
    duty = made.line("vakthavande befäl", police, when_closed=True)
    by_day = [
        made.line("kommunpolis", police, **_OFFICE),
        made.line("områdespolis", police, **_OFFICE),
    ]
    evening = [duty] if number % 3 else []  # every third has none
    made.add(police, _TO, _PURPOSE.PREVENTIVE, [*by_day, *evening], area=area)
    if number % 2 == 0:
        always = made.line("vakthavande befäl", police)
        made.add(police, _TO, _PURPOSE.REACTIVE, [always], area=area)


def _from_police(made: "_Routes", company: Organization, area: Area, number: int) -> None:
    evening = [made.line("fastighetsjour", company, when_closed=True)] if number % 3 else []
    by_day = made.line("kundförvaltare", company, **_OFFICE)
    made.add(company, _FROM, _PURPOSE.ROUTINE, [by_day, *evening], area=area)
    if number % 2:
        at_night = made.line("störningsjour", company, **_EVENING)
        security = made.line("säkerhetssamordnare", company, **_OFFICE)
        made.add(company, _FROM, _PURPOSE.REACTIVE, [security, at_night], area=area)


class _Routes:
    """Routes and their contacts, made one by one and written together."""

    def __init__(self, day: datetime.date) -> None:
        self.day = day
        self.first = day - BEGUN
        self.rows: list[ContactRoute] = []
        self.contacts: list[RouteContact] = []
        self._numbers = 0

    def line(self, title: str, organization: Organization, **hours: object) -> Line:
        """A function with an address, and a number of the series, that say they are invented."""
        self._numbers += 1
        return Line(
            title=title,
            mailbox=f"exempel-{organization.slug}@example.org",
            phone=f"+468465004{self._numbers % _SERIES:02d}",
            **hours,  # type: ignore[arg-type]
        )

    def add(
        self,
        organization: Organization,
        direction: str,
        purpose: str,
        lines: list[Line],
        *,
        area: Area | None = None,
        group: SteeringGroup | None = None,
    ) -> None:
        whole = area or group
        ago = _AGO[len(self.rows) % len(_AGO)]
        route = ContactRoute(
            organization=organization,
            direction=direction,
            purpose=purpose,
            area=area,
            group=group,
            valid_from=whole.valid_from if whole and whole.is_upcoming(self.first) else self.first,
            verified_on=None if ago is None else self.day - datetime.timedelta(days=ago),
            source_mark=ContactRoute.Mark.EXAMPLE,
            source=SOURCE,
        )
        self.rows.append(route)
        self.contacts += [
            RouteContact(route=route, order=order, **asdict(line))
            for order, line in enumerate(lines, start=1)
        ]

    def write(self) -> None:
        """Routes first: contacts take their ids."""
        bulk_create_with_history(self.rows, ContactRoute, batch_size=200)
        for contact in self.contacts:
            contact.route = contact.route
        bulk_create_with_history(self.contacts, RouteContact, batch_size=200)
