"""The contacts of a route: functions as typed, checked and written in their order."""

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace

from django.core.exceptions import ValidationError

from governance.models import ContactDetail, ContactRoute, RouteContact, User
from governance.permissions import visible_people
from governance.services.contact_details import normalised

MOST = 20  # contacts on a route
PUBLIC = re.compile(r"(?:(?:00)?46)?0?(?:112|11414)")  # in digits: not anybody's own number
_PUBLIC_NAMED = re.compile(r"\b(?:112|114[\s-]?14)\b")  # in the name of a function
_PUBLIC_REFUSED = (
    "112 och 114 14 är allas nummer och läggs inte in som kontakt; de står ändå på sidan. "
    "Skriv numret till den funktion som svarar."
)
_KINDS = ContactDetail.Kind


@dataclass(frozen=True)
class Line:
    """One function on a route as typed; the fields are those of RouteContact."""

    title: str
    mailbox: str = ""
    phone: str = ""
    weekdays: str = ""
    opens: datetime.time | None = None
    closes: datetime.time | None = None
    closed_on_holidays: bool = False
    when_closed: bool = False


def checked(user: User | None, contacts: Sequence[Line]) -> list[Line]:
    """The contacts as they are stored, those for when it is closed last.

    Every fault is said of the contact by its number as typed: the keys of the refusal are
    `phone-2` and the like.
    """
    if not contacts or all(each.when_closed for each in contacts):
        raise ValidationError(
            "Skriv minst en kontakt som inte bara gäller när det är stängt. "
            "Är det öppet dygnet runt: lämna klockslagen tomma."
        )
    if len(contacts) > MOST:
        raise ValidationError(f"Skriv högst {MOST} kontakter.")
    faults: dict[str, list[str]] = {}
    lines = []
    for number, each in enumerate(contacts, start=1):
        line, wrong = _read(each)
        lines.append(line)
        for name, sentence in wrong.items():
            faults.setdefault(f"{name}-{number}", []).append(sentence)
    for number in _personal(user, lines):
        faults.setdefault(f"mailbox-{number}", []).append(
            "Adressen hör till en person. Skriv en funktionsbrevlåda, som flera kan läsa."
        )
    if faults:
        raise ValidationError(faults)
    return sorted(lines, key=lambda line: line.when_closed)


def _read(line: Line) -> tuple[Line, dict[str, str]]:
    """The line in the stored spelling, and what is wrong with it, by field."""
    found = {"title": " ".join(line.title.split()), "mailbox": "", "phone": ""}
    wrong: dict[str, str] = {}
    if not found["title"]:
        wrong["title"] = "Skriv vilken funktion det är, till exempel vakthavande befäl."
    if not (line.mailbox.strip() or line.phone.strip()):
        wrong["phone"] = "Skriv en funktionsbrevlåda eller ett telefonnummer."
    if _PUBLIC_NAMED.search(line.title):
        wrong["title"] = _PUBLIC_REFUSED
    if PUBLIC.fullmatch(re.sub(r"[\s\-–+().,/]", "", line.phone)):
        wrong["phone"] = _PUBLIC_REFUSED
    for name, kind in (("mailbox", _KINDS.EMAIL), ("phone", _KINDS.PHONE)):
        text = getattr(line, name).strip()
        try:
            found[name] = normalised(kind, text) if text and name not in wrong else ""
        except ValidationError as refusal:
            wrong[name] = refusal.messages[0]
    if (line.opens is None) != (line.closes is None):
        wrong["closes"] = "Skriv både när det öppnar och när det stänger, eller inget av dem."
    elif line.opens is not None and line.opens == line.closes:
        wrong["closes"] = "Det öppnar och stänger samtidigt. Hela dygnet: lämna båda tomma."
    return replace(line, **found), wrong  # type: ignore[arg-type]


def _personal(user: User | None, lines: Sequence[Line]) -> list[int]:
    """Numbers of the lines whose address is that of a person whom the user may see."""
    details = ContactDetail.objects.filter(kind=_KINDS.EMAIL)
    if user is not None:
        details = details.filter(person__in=visible_people(user))
    addresses = {line.mailbox for line in lines if line.mailbox}
    own = set(details.filter(value__in=addresses).values_list("value", flat=True))
    return [number for number, line in enumerate(lines, start=1) if line.mailbox in own]


def lines_of(route: ContactRoute) -> list[Line]:
    names = list(Line.__dataclass_fields__)
    return [Line(**row) for row in route.contacts.values(*names)]


def write(route: ContactRoute, lines: Iterable[Line]) -> None:
    for order, line in enumerate(lines, start=1):
        row = RouteContact(route=route, order=order, **asdict(line))
        row.full_clean()
        row.save()


def in_order(lines: Sequence[Line]) -> list[str]:
    """In which order the functions are tried, and who answers when it is closed."""
    open_ones = [line.title for line in lines if not line.when_closed]
    said = [
        f"{'Först' if place == 0 else 'Sedan'}: {title}." for place, title in enumerate(open_ones)
    ]
    return [*said, *(f"När det är stängt: {line.title}." for line in lines if line.when_closed)]
