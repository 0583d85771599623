"""What can be asked about a place, and what is answered: the same for page, list and API."""

from dataclasses import dataclass

from django.db import models

from governance.models import Area, Property, Status, SteeringGroup

# The kinds of area that an answer names, in this order.
ANSWERED_KINDS = (Area.Kind.NEIGHBOURHOOD, Area.Kind.DISTRICT, Area.Kind.POLICE_DISTRICT)


class Certainty(models.TextChoices):
    """How exact an answer is (*Hur exakt är svaret?*)."""

    EXACT = "exact", "Exakt"
    APPROXIMATE = "approximate", "Ungefärligt"
    AMBIGUOUS = "ambiguous", "Flera möjliga"
    NONE = "none", "Hittades inte"


@dataclass(frozen=True)
class Question:
    """One place as somebody wrote it; any part may be empty.

    `first` and `second` are a pair of coordinates in any order and any of the systems
    that are recognised. With several parts, `area` is compared with what the others say.
    """

    designation: str = ""
    own_number: str = ""
    address: str = ""
    area: str = ""
    first: str = ""
    second: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(part.strip() for part in self.parts)

    @property
    def parts(self) -> tuple[str, ...]:
        return (
            self.designation,
            self.own_number,
            self.address,
            self.area,
            self.first,
            self.second,
        )


@dataclass(frozen=True)
class Contact:
    """Whom to contact: a function with its mailbox and phone, never a person."""

    title: str = ""
    mailbox: str = ""
    phone: str = ""


@dataclass(frozen=True)
class GroupAnswer:
    """A local group at work in the place, its state that day, and whom to contact there."""

    group: SteeringGroup
    status: Status
    contact: Contact

    @property
    def is_resting(self) -> bool:
        return self.status.code == "resting"


@dataclass(frozen=True)
class Reply:
    """The answer to one question.

    `areas` are the stadsdel, the stadsdelsområde and the lokalpolisområde, in that order,
    as far as they are certain; `candidates` are those among which the question does not
    tell. With certainty AMBIGUOUS, `groups` are all that may be meant. `properties` are
    those found: several are a choice for the reader.
    """

    question: Question
    certainty: Certainty
    reason: str
    areas: tuple[Area, ...] = ()
    groups: tuple[GroupAnswer, ...] = ()
    candidates: tuple[Area, ...] = ()
    properties: tuple[Property, ...] = ()
    sources: tuple[str, ...] = ()

    def area(self, kind: str) -> Area | None:
        """The area of that kind, when it is certain."""
        return next((area for area in self.areas if area.kind == kind), None)
