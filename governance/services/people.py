"""What is known of a person: how it is put right, and new work; and how a person is locked.

Each verb is one act about the person, in the name of one agreement. No summary holds
a name, an address or a number.
"""

import datetime
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Max
from simple_history.utils import bulk_update_with_history

from governance.models import (
    Act,
    Agreement,
    ContactDetail,
    Mandate,
    Organization,
    Person,
    PersonName,
    User,
)
from governance.services.acts import Stale, act
from governance.swedish import counted

UNCHANGED = "Uppgifterna är redan sådana. Inget har ändrats."


def last_seen_person(person: Person) -> int:
    """The latest act that touched the person, the name or the contact details; 0 if none."""
    rows = [
        Person.history.filter(id=person.pk),
        PersonName.history.filter(person=person.pk),
        ContactDetail.history.filter(person=person.pk),
    ]
    return max(found.aggregate(newest=Max("caused_by"))["newest"] or 0 for found in rows)


def lock_person(person: Person, seen: int | None) -> Person:
    """The person as it is now, one writer at a time; Stale when somebody came between."""
    rows = Person.objects.select_for_update(of=("self",)).select_related("organization", "user")
    found = rows.get(pk=person.pk)
    if seen is not None and last_seen_person(found) != seen:
        raise Stale("Uppgifterna")
    return found


def about(person: Person) -> str:
    """The person in an act's summary: by key, never by name."""
    return f"{person}, {person.organization}"


def describe(
    *,
    user: User | None,
    person: Person,
    agreement: Agreement | None,
    title: str,
    given_name: str | None = None,
    family_name: str | None = None,
    seen: int | None = None,
) -> Act:
    """Put right how the name or the title is written; a name of None is left as it is.

    The title is put right on the mandates too where it is the same, for there it was
    wrong from the start; a new title is given by `move`.
    """
    with act(user=user, verb=Act.Verb.CONTACT, agreement=agreement) as done:
        person = lock_person(person, seen)
        changed = []
        if given_name is not None and _rename(person, given_name, family_name or ""):
            changed.append("Namnets stavning rättas.")
        if title.strip() != person.title:
            before, person.title = person.title, title.strip()
            person.full_clean()
            person.save()
            if before:
                _retitle(person.mandates.filter(title_then=before), person.title)
            changed.append(
                f"Titeln rättas till {person.title}." if person.title else "Titeln tas bort."
            )
        if not changed:
            raise ValidationError(UNCHANGED)
        done.summary = "\n".join([f"{about(person)}: uppgifter rättas.", *changed])
    return done


def _rename(person: Person, given_name: str, family_name: str) -> bool:
    name, made = PersonName.objects.get_or_create(
        person=person, defaults={"given_name": given_name.strip()}
    )
    wanted = (given_name.strip(), family_name.strip())
    if not made and (name.given_name, name.family_name) == wanted:
        return False
    name.given_name, name.family_name = wanted
    name.full_clean()
    name.save()
    return True


def _retitle(mandates: Iterable[Mandate], title: str) -> None:
    rows = list(mandates)
    for mandate in rows:
        mandate.title_then = title
    if rows:
        bulk_update_with_history(rows, Mandate, ["title_then"], batch_size=500)


def move(
    *,
    user: User | None,
    person: Person,
    agreement: Agreement | None,
    organization: Organization,
    title: str,
    day: datetime.date,
    seen: int | None = None,
) -> Act:
    """Give the person a new title or place of work; mandates keep the title of their time.

    A mandate that has none of its own gets the former title. Seats stay with their
    organisation; how many of them the person has after `day` is said.
    """
    with act(user=user, verb=Act.Verb.CONTACT, agreement=agreement) as done:
        person = lock_person(person, seen)
        before, left = person.title, person.organization
        if (before, left) == (title.strip(), organization):
            raise ValidationError(UNCHANGED)
        sentences = [f"{about(person)}: ny titel eller arbetsplats."]
        if before and title.strip() != before:
            _retitle(person.mandates.filter(title_then=""), before)
        person.title, person.organization = title.strip(), organization
        person.full_clean()
        person.save()
        if person.title != before:
            sentences.append(f"Titeln är nu {person.title or 'inte angiven'}.")
            sentences.append("Uppdragen behåller titeln som gällde när de började.")
        if organization != left:
            sentences += [f"Arbetar nu hos {organization}.", *_kept_seats(person, left, day)]
        done.summary = "\n".join(sentences)
    return done


def _kept_seats(person: Person, left: Organization, day: datetime.date) -> list[str]:
    kept = Mandate.objects.outlasting(day).filter(person=person, seat__organization=left)
    number = len(kept)
    return [
        f"{counted(number, 'uppdrag', 'uppdrag')} för {left} ligger kvar. "
        "Avsluta dem om de inte ska följa med."
    ][: min(number, 1)]
