"""What the verbs on mandates have in common: the rows themselves, inside somebody's act."""

import datetime
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from governance.models import Mandate, Person, PersonName, Seat
from governance.services.periods import end_mandates
from governance.swedish import in_words
from governance.temporal import Period, PeriodQuerySet, day_before

_KINDS = {
    Mandate.Kind.ORDINARY: "ledamot",
    Mandate.Kind.ACTING: "tillförordnad",
    Mandate.Kind.PERSONAL_DEPUTY: "personlig ersättare",
}


@dataclass(frozen=True)
class NewPerson:
    """Somebody who is not in the app yet; works at the seat's organisation."""

    given_name: str
    family_name: str = ""
    title: str = ""
    protected: bool = False


@dataclass(frozen=True)
class Details:
    """What may be known of a mandate besides person and days."""

    level: str = ""
    title_then: str = ""
    basis: str = Mandate.Basis.POSITION
    basis_reference: str = ""
    decided_on: datetime.date | None = None


NO_DETAILS = Details()


def ordinary(seat: Seat) -> PeriodQuerySet[Mandate]:
    return Mandate.objects.filter(seat=seat, kind=Mandate.Kind.ORDINARY).order_by("valid_from")


def begin(
    seat: Seat,
    person: Person | NewPerson,
    first_day: datetime.date,
    last_day: datetime.date | None,
    details: Details,
    *,
    kind: str = Mandate.Kind.ORDINARY,
) -> Mandate:
    """Write a new mandate; without a last day it lasts as long as the seat does."""
    mandate = Mandate(
        seat=seat,
        kind=kind,
        valid_from=first_day,
        valid_through=within(seat, first_day, last_day),
        **asdict(details),
    )
    check_free(mandate)
    mandate.person = employ(seat, person)
    mandate.title_then = mandate.title_then or mandate.person.title
    mandate.full_clean()
    mandate.save()
    return mandate


def take_over(
    seat: Seat,
    person: Person | NewPerson,
    first_day: datetime.date,
    last_day: datetime.date | None,
    end_reason: str,
    details: Details,
) -> str:
    """End who holds the seat on `first_day`, if anybody, and begin the new one; in words."""
    said = []
    for current in ordinary(seat).as_of(first_day):
        if isinstance(person, Person) and current.person_id == person.pk:
            raise ValidationError(
                {"person": "Personen sitter redan på platsen den dagen. Välj någon annan."}
            )
        current.seat = seat
        said.append(stop(current, day_before(first_day), end_reason))
    said.append(begun_in_words(begin(seat, person, first_day, last_day, details)))
    acting = Mandate.objects.as_of(first_day).filter(seat=seat, kind=Mandate.Kind.ACTING).first()
    if acting is not None:
        said.append(f"Den tillförordnade sitter kvar{through(acting.valid_through, always=True)}.")
    return "\n".join(said)


def stop(mandate: Mandate, last_day: datetime.date, end_reason: str) -> str:
    """End the mandate on `last_day`, or withdraw it if it begins later; what that is in words."""
    if end_reason not in Mandate.EndReason.values:
        raise ValidationError({"end_reason": "Välj varför uppdraget slutar."})
    rows = Mandate.objects.filter(pk=mandate.pk)
    if mandate.valid_through is not None and mandate.has_ended(last_day):
        over = in_words(mandate.valid_through)
        raise ValidationError(
            {"last_day": f"Uppdraget slutar redan den {over}. Välj Förläng för en senare dag."}
        )
    if (mandate.valid_through, mandate.end_reason) == (last_day, end_reason):
        raise ValidationError("Uppdraget slutar redan så. Inget har ändrats.")
    about = f"{in_group(mandate.seat)}: uppdraget som {kind_in_words(mandate)}"
    if mandate.is_upcoming(last_day):
        end_mandates(rows, last_day, end_reason)
        return f"{about} från den {in_words(mandate.valid_from)} återkallas."
    if mandate.valid_through == last_day:
        mandate.end_reason = end_reason
        mandate.full_clean()
        mandate.save()
    else:
        end_mandates(rows, last_day, end_reason)
    reason = Mandate.EndReason(end_reason).label
    return f"{about} avslutas. Sista dagen är den {in_words(last_day)} ({reason})."


def employ(seat: Seat, person: Person | NewPerson) -> Person:
    """The person, entered at the seat's organisation when new."""
    if isinstance(person, Person):
        return person
    if not person.given_name.strip():
        raise ValidationError({"given_name": "Skriv personens förnamn."})
    made = Person(
        organization=seat.organization, title=person.title.strip(), protected=person.protected
    )
    made.full_clean()
    made.save()
    name = PersonName(
        person=made, given_name=person.given_name.strip(), family_name=person.family_name.strip()
    )
    name.full_clean()
    name.save()
    return made


def within(
    whole: Period,
    first_day: datetime.date,
    last_day: datetime.date | None,
    *,
    what: str = "Platsen i gruppen",
) -> datetime.date | None:
    """The last day of something inside `whole`: that of `whole` when none is given."""
    if whole.is_upcoming(first_day):
        begins = in_words(whole.valid_from)
        raise ValidationError({"first_day": f"{what} börjar den {begins}. Välj en senare dag."})
    if whole.has_ended(first_day):
        over = in_words(whole.valid_through)  # type: ignore[arg-type]
        raise ValidationError({"first_day": f"{what} slutade den {over}. Välj en tidigare dag."})
    if last_day is not None and whole.has_ended(last_day):
        over = in_words(whole.valid_through)  # type: ignore[arg-type]
        raise ValidationError({"last_day": f"{what} slutar den {over}. Välj en tidigare dag."})
    return last_day or whole.valid_through


def check_free(mandate: Mandate) -> None:
    """Refuse days on which somebody else holds the seat in the same way, and say until when."""
    if mandate.valid_through is not None and mandate.is_upcoming(mandate.valid_through):
        raise ValidationError({"last_day": "Sista dagen får inte ligga före första dagen."})
    if mandate.kind == Mandate.Kind.PERSONAL_DEPUTY:
        return
    rivals = Mandate.objects.overlapping(mandate.valid_from, mandate.valid_through)
    rival = (
        rivals.filter(seat=mandate.seat, kind=mandate.kind)
        .exclude(pk=mandate.pk)
        .order_by("valid_from")
        .first()
    )
    if rival is None:
        return
    holder = "ledamot" if mandate.kind == Mandate.Kind.ORDINARY else "tillförordnad"
    if rival.is_upcoming(mandate.valid_from):
        begins = in_words(rival.valid_from)
        raise ValidationError(
            {
                "last_day": f"Platsen har redan en {holder} från och med den {begins}. "
                "Ange en sista dag före det eller avsluta det uppdraget först."
            }
        )
    until = through(rival.valid_through, always=True)
    raise ValidationError(
        {
            "first_day": f"Platsen har redan en {holder}{until}. "
            "Välj ett senare datum eller avsluta det uppdraget först."
        }
    )


# -- in words -------------------------------------------------------------------------------


def in_group(seat: Seat) -> str:
    """`VD, Stockholmshem i Farsta`: never a person's name."""
    number = f" {seat.number}" if seat.number > 1 else ""
    return f"{seat}{number} i {seat.group.name}"


def kind_in_words(mandate: Mandate) -> str:
    return _KINDS[Mandate.Kind(mandate.kind)]


def begun_in_words(mandate: Mandate) -> str:
    return (
        f"{in_group(mandate.seat)}: {kind_in_words(mandate)} utses från och med den "
        f"{in_words(mandate.valid_from)}{through(mandate.valid_through)}."
    )


def through(last_day: datetime.date | None, *, always: bool = False) -> str:
    """` till och med den 31 mars 2024`, or nothing; ` tills vidare` when `always`."""
    if last_day is None:
        return " tills vidare" if always else ""
    return f" till och med den {in_words(last_day)}"
