"""The invented people of the demo: who they are, where they sit, and who may sign in."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from governance.models import (
    Confirmation,
    Leave,
    Level,
    Mandate,
    Organization,
    Person,
    PersonName,
    Seat,
)
from governance.rights import APPOINT_OWN, EDIT_ROSTER, EDIT_STRUCTURE, VIEW_PROTECTED

SOURCE = "Exempel: påhittad person i demon"
_GIVEN = (
    "Aina Bo Cilla David Elsa Filip Gunilla Hassan Ingrid Johan Kajsa Lars Mona Nils Olga Per "
    "Rakel Samir Tove Ulf Vera Walter Ylva Åke Ärla Östen"
).split()
_FAMILY = (
    "Exempelsson Provström Påhittsson Låtsasberg Fantasiberg Modellgren Skenlund Övningsson "
    "Mallqvist Sagolin Diktström"
).split()
LONG = datetime.timedelta(days=365)
SHORT = datetime.timedelta(days=30)
LATELY = datetime.timedelta(days=60)
AWAY = datetime.timedelta(days=200)
DAY = datetime.timedelta(days=1)
# Group and function of those whose names are hidden from all but a few.
_PROTECTED = {("farsta", "lpo-chef"), ("jarva", "trygghetssamordnare"), ("norrmalm", "lpo-chef")}
_LEVELS = {
    Seat.Role.CHAIR: Level.DECIDING,
    Seat.Role.VICE_CHAIR: Level.DECIDING,
    Seat.Role.SECRETARY: Level.OPERATIVE,
}


@dataclass(frozen=True)
class SignIn:
    """A demo account. `role` is the seat in the group that the person holds, if any.

    `right` is given on the group, or else on the agreement, but for `appoint_own`, which is
    given on the organisation.
    """

    email: str
    name: str
    organization: str
    title: str
    may: str
    group: str = ""
    role: str = ""
    right: str = ""
    operator: bool = False


SIGN_INS = [
    SignIn(
        "karin.samordnare@example.org",
        "Karin Provström",
        "stadsledningskontoret",
        "samordnare",
        "samordnar överenskommelsen: ändrar styrgrupper, ledamöter och behörigheter",
        right=EDIT_STRUCTURE,
    ),
    SignIn(
        "rut.roster@example.org",
        "Rut Exempelsson",
        "farsta-stadsdelsforvaltning",
        "preventionssamordnare",
        "samordnar gruppen i Farsta: ändrar dess uppgifter och ledamöter",
        group="farsta",
        right=EDIT_ROSTER,
    ),
    SignIn(
        "sven.sekreterare@example.org",
        "Sven Låtsasberg",
        "farsta-stadsdelsforvaltning",
        "trygghetssamordnare",
        "sekreterare i Farsta: rätten följer av uppdraget",
        group="farsta",
        role=Seat.Role.SECRETARY,
    ),
    SignIn(
        "olle.ordforande@example.org",
        "Olle Påhittsson",
        "farsta-stadsdelsforvaltning",
        "stadsdelsdirektör",
        "ordförande i Farsta: rätten följer av uppdraget",
        group="farsta",
        role=Seat.Role.CHAIR,
    ),
    SignIn(
        "fatima.bolag@example.org",
        "Fatima Modellgren",
        "stockholmshem",
        "säkerhetssamordnare",
        "utser på Stockholmshems egna platser, ändrar bolagets bestånd och kontaktvägar, och "
        "läser allt utom skyddade namn",
        right=APPOINT_OWN,
    ),
    SignIn(
        "patrik.polis@example.org",
        "Patrik Fantasiberg",
        "lpo-farsta",
        "kommunpolis",
        "arbetar i lokalpolisområde Farsta: läser allt utom skyddade namn",
    ),
    SignIn(
        "siri.skydd@example.org",
        "Siri Skenlund",
        "stadsledningskontoret",
        "säkerhetsskyddschef",
        "läser allt, också skyddade namn",
        right=VIEW_PROTECTED,
    ),
    SignIn(
        "diana.drift@example.org",
        "",
        "",
        "",
        "driftansvarig: ser bara förvaltningen, inte överenskommelsen",
        operator=True,
    ),
    SignIn("utan.behorighet@example.org", "", "", "", "hör inte till något: ser inga uppgifter"),
]


class Cast:
    """Invented people, made one by one; nothing is written here."""

    def __init__(self) -> None:
        self.people: list[Person] = []
        self.names: list[PersonName] = []
        self.mandates: list[Mandate] = []
        self.leaves: list[Leave] = []
        self._next = count()

    def person(
        self, organization: Organization, title: str, *, name: str = "", protected: bool = False
    ) -> Person:
        """A person with `name`, or with the next of the invented ones."""
        person = Person(organization=organization, title=title, protected=protected)
        number = next(self._next)
        given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number % len(_FAMILY)]
        if name:
            given, family = name.split()
        self.people.append(person)
        self.names.append(PersonName(person=person, given_name=given, family_name=family))
        return person

    def fill(self, seat: Seat, day: datetime.date, number: int) -> None:
        """Holders of the seat through the years: some vacant, ended, ending or to come."""
        if seat.has_ended(day):
            if number % 5:
                self.appoint(seat, seat.valid_from, seat.valid_through, _why_ended(seat, day))
            return
        # Now and then somebody without a mandate sits where one is wanted.
        level = Level.OPERATIVE if seat.role == Seat.Role.MEMBER and number % 5 in {3, 4} else ""
        for first, last, reason in _periods(seat, day, number):
            self.appoint(seat, first, last, reason, level=level)

    def appoint(
        self,
        seat: Seat,
        first: datetime.date,
        last: datetime.date | None,
        reason: str = "",
        person: Person | None = None,
        level: str = "",
        kind: str = Mandate.Kind.ORDINARY,
    ) -> None:
        title = seat.function.title
        if person is None:
            hidden = (seat.group.slug, seat.function.code) in _PROTECTED
            person = self.person(seat.organization, title, protected=hidden)
        self.mandates.append(
            Mandate(
                seat=seat,
                person=person,
                kind=kind,
                valid_from=first,
                valid_through=last,
                end_reason=reason,
                level=level or _LEVELS.get(Seat.Role(seat.role), Level.AUTHORIZED),
                title_then=title,
                source_mark=Mandate.Mark.EXAMPLE,
                source=SOURCE,
            )
        )

    def stand_in(self, group: str, day: datetime.date) -> None:
        """In the group, one member is away with somebody acting, and the chair has a deputy."""
        lasting = {
            each.seat.role: each
            for each in self.mandates
            if each.seat.group.slug == group
            and each.in_force(day - LATELY)
            and each.valid_through is None
        }
        first, last = day - LATELY, day + AWAY
        if away := lasting.get(Seat.Role.MEMBER):
            self.appoint(away.seat, first, last, kind=Mandate.Kind.ACTING)
            self.leaves.append(Leave(mandate=away, valid_from=first, valid_through=last))
        if chair := lasting.get(Seat.Role.CHAIR):
            self.appoint(chair.seat, first, None, kind=Mandate.Kind.PERSONAL_DEPUTY)

    def entered(self, mandate: Mandate, day: datetime.date) -> datetime.date:
        """When it was written down: as it began, or lately when it is still to begin."""
        return day - SHORT if mandate.is_upcoming(day) else mandate.valid_from

    def confirmations(self, day: datetime.date) -> list[Confirmation]:
        """Three in four of those who sit there were said to be right two months before `day`."""
        sitting = [each for each in self.mandates if each.in_force(day - LATELY)]
        return [
            Confirmation(mandate=each, day=day - LATELY, channel=Confirmation.Channel.MEETING)
            for number, each in enumerate(sitting)
            if number % 4
        ]


def _why_ended(seat: Seat, day: datetime.date) -> Mandate.EndReason:
    group_over = seat.group.has_ended(day)
    return Mandate.EndReason.GROUP_ENDED if group_over else Mandate.EndReason.SEAT_ENDED


def _periods(
    seat: Seat, day: datetime.date, number: int
) -> Iterator[tuple[datetime.date, datetime.date | None, str]]:
    """First day, last day and end reason of each holder of a seat that is at work on `day`."""
    changed = day - LONG
    if not seat.in_force(changed):
        yield seat.valid_from, seat.valid_through, ""
        return
    left = Mandate.EndReason.CHANGED_POST
    match number % 9:
        case 4:
            yield seat.valid_from, day - SHORT, left  # vacant since then
        case 7:
            yield seat.valid_from, day - SHORT, ""  # ran out, nothing decided
        case 2:
            yield seat.valid_from, day - SHORT, left
            yield day + SHORT, seat.valid_through, ""  # to come
        case 6:
            yield seat.valid_from, day + SHORT, ""  # about to end
        case 8:
            return  # never held
        case 1 | 5:
            yield seat.valid_from, changed - DAY, left
            yield changed, seat.valid_through, ""
        case _:
            yield seat.valid_from, seat.valid_through, ""
