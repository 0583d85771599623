"""How people are reached: service details, stored in one spelling, one of them the main one."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from governance.models import Act, Agreement, ContactDetail, Person, User
from governance.services.acts import act
from governance.services.people import UNCHANGED, about, lock_person

_BAD_ADDRESS = "Skriv en hel e-postadress, till exempel fornamn.efternamn@example.se."
_BAD_NUMBER = "Skriv numret med riktnummer, till exempel 08-508 00 000 eller +46 70 123 45 67."


def normalised(kind: str, text: str) -> str:
    """The value as it is stored; ValidationError in words when it is none.

    Swedish numbers are stored as +46 and others with their own country, without spaces,
    so that the same number is the same whoever typed it.
    """
    value = text.strip()
    if kind == ContactDetail.Kind.EMAIL:
        try:
            validate_email(value)
        except ValidationError as error:
            raise ValidationError(_BAD_ADDRESS, code="invalid") from error
        return value.lower()
    if not re.fullmatch(r"[+\d][\d\s\-–().,/]*", value):
        raise ValidationError(_BAD_NUMBER, code="invalid")
    number = re.sub(r"[^\d+]", "", value.replace("(0)", ""))
    number = re.sub("^00", "+", number)
    if number.startswith("0"):
        number = f"+46{number[1:]}"
    if not re.fullmatch(r"\+[1-9]\d{6,14}", number):
        raise ValidationError(_BAD_NUMBER, code="invalid")
    return number


@dataclass(frozen=True)
class Contact:
    """One way to reach a person, as typed."""

    kind: str
    value: str
    main: bool = False


def set_contacts(
    *,
    user: User | None,
    person: Person,
    agreement: Agreement | None,
    contacts: Iterable[Contact],
    seen: int | None = None,
) -> Act:
    """Let these be the person's contact details, service details only, one of them the main.

    What is left out is removed. Without a main one the first e-mail address is, else the
    first number. Somebody protected has none: an address is as good as a name.
    """
    with act(user=user, verb=Act.Verb.CONTACT, agreement=agreement) as done:
        person = lock_person(person, seen)
        if person.protected:
            raise ValidationError(
                "Personen har skyddade personuppgifter. Då finns inga egna kontaktuppgifter "
                "här. Använd funktionsbrevlådan."
            )
        wanted = {each.value: each for each in map(_stored, contacts)}
        main = _main_of(wanted.values())
        wanted = {value: replace(each, main=each is main) for value, each in wanted.items()}
        kept = {row.value: row for row in person.contact_details.all()}
        before = {Contact(row.kind, row.value, row.main) for row in kept.values()}
        if before == set(wanted.values()):
            raise ValidationError(UNCHANGED)
        done.summary = "\n".join(
            [f"{about(person)}: kontaktuppgifter ändras.", *_in_words(before, set(wanted.values()))]
        )
        _write(person, kept, wanted)
    return done


def _stored(contact: Contact) -> Contact:
    return replace(contact, value=normalised(contact.kind, contact.value))


def _main_of(wanted: Iterable[Contact]) -> Contact | None:
    wanted = list(wanted)
    addresses = [each for each in wanted if each.kind == ContactDetail.Kind.EMAIL]
    chosen = [each for each in wanted if each.main]
    return next(iter([*chosen, *addresses, *wanted]), None)


def _write(person: Person, kept: dict[str, ContactDetail], wanted: dict[str, Contact]) -> None:
    """Write the rows; the former main one before the new, since there is one at a time."""
    for value, row in kept.items():
        if value not in wanted:
            row.delete()
    for each in sorted(wanted.values(), key=lambda each: each.main):
        row = kept.get(each.value) or ContactDetail(person=person, value=each.value)
        if row.pk is None or (row.kind, row.main) != (each.kind, each.main):
            row.kind, row.main = each.kind, each.main
            row.full_clean()
            row.save()


def _in_words(before: set[Contact], after: set[Contact]) -> list[str]:
    """What becomes of each kind of detail, and which is the main one, without any value."""
    gone = Counter(each.kind for each in before if each.value not in {new.value for new in after})
    new = Counter(each.kind for each in after if each.value not in {old.value for old in before})
    said = []
    for kind in ContactDetail.Kind:
        label = kind.label.capitalize()
        changed = min(gone[kind], new[kind])
        said += [f"{label} ändras."] * bool(changed)
        said += [f"{label} läggs till."] * (new[kind] - changed)
        said += [f"{label} tas bort."] * (gone[kind] - changed)
    was, is_now = (
        {each.value: each.kind for each in some if each.main} for some in (before, after)
    )
    if is_now and was != is_now:
        label = ContactDetail.Kind(*is_now.values()).label.capitalize()
        said.append(f"{label} är den huvudsakliga uppgiften.")
    return said
