"""Protected identity (skyddade personuppgifter): begun with a cleaning, and lifted."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from governance.models import (
    Act,
    Agreement,
    ContactDetail,
    Organization,
    Person,
    PersonName,
    Seat,
    SteeringGroup,
    User,
)
from governance.services.acts import act
from governance.services.contact_details import normalised
from governance.services.people import about, lock_person
from governance.services.traces import Traces, remove
from governance.swedish import counted

_PHONE = ContactDetail.Kind.PHONE  # as often as not a switchboard: many have the same


def protect(
    *,
    user: User | None,
    person: Person,
    agreement: Agreement | None,
    spellings: Iterable[str] = (),
    seen: int | None = None,
) -> Act:
    """Hide the name of the person everywhere, and take it out of what was written before.

    The person's contact details go too, for they are as good as the name. Whoever is the
    same person entered once more is protected too: see `_again`. `spellings` are other
    names that the person has been written by, which nothing here remembers. Done once
    more on somebody protected, it cleans what has been written since.
    """
    with act(user=user, verb=Act.Verb.PROTECT, agreement=agreement) as done:
        person = lock_person(person, seen)
        known = person.protected
        name = PersonName.objects.filter(person=person).first()
        more = list(_again(person, name, agreement).select_for_update(of=("self",)))
        traces = _traces([person, *more], name, spellings)
        details = ContactDetail.objects.filter(person__in=[person, *more])
        removed = len(details)
        for row in details:
            row.delete()
        for each in [person, *more]:
            each.protected = True
            each.save()
        rewritten = remove(traces)
        if known and not (removed or rewritten or more):
            raise ValidationError(
                "Personen är redan skyddad, och namnet står inte skrivet någon annanstans. "
                "Inget har ändrats."
            )
        person = Person.objects.select_related("organization").get(pk=person.pk)
        said = _protected_in_words(person, known, removed, rewritten, traces)
        done.summary = "\n".join([*said[:1], *_again_in_words(len(more)), *said[1:]])
    return done


def _again(
    person: Person, name: PersonName | None, agreement: Agreement | None
) -> QuerySet[Person]:
    """The person entered once more: one of the same name with the same address or mobile.

    Or one of the same name who has merely been proposed in the agreement, or in one above
    or under it. Other namesakes are others, as far as anybody can tell.
    """
    if name is None:
        return Person.objects.none()
    alike = Person.objects.filter(name__search_key=name.search_key, protected=False)
    alike = alike.exclude(pk=person.pk)
    own = _values([person])
    at_same = [each.pk for each in alike if own & _values([each])]
    proposed = Q(mandates=None, user=None, proposals__isnull=False)
    if agreement is not None:
        near = Agreement.objects.filter(
            Q(pk__in=[agreement.pk, agreement.parent_id]) | Q(parent=agreement.pk)
        )
        proposed &= Q(proposals__inquiry__agreement__in=near)
    found = alike.filter(Q(pk__in=at_same) | proposed)
    return Person.objects.filter(pk__in=found.values("pk"))


def _values(people: list[Person]) -> set[str]:
    """Their addresses and numbers, earlier ones too, in the spelling that is stored by hand."""
    rows = ContactDetail.objects.filter(person__in=people).exclude(kind=_PHONE)
    return {
        _in_one_spelling(row.kind, text)
        for row in rows
        for text in [row.value, *row.previous.splitlines()]
    }


def _in_one_spelling(kind: str, text: str) -> str:
    try:
        return normalised(kind, text)
    except ValidationError:  # a list may hold a number without its first zero
        return text


def _again_in_words(more: int) -> list[str]:
    if not more:
        return []
    times = counted(more, "gång till", "gånger till")
    return [f"Personen är inlagd {times}, och skyddas där också."]


def _traces(people: list[Person], name: PersonName | None, spellings: Iterable[str]) -> Traces:
    """The name, and those addresses and numbers, earlier ones too, that are theirs alone."""
    values = _values(people)
    shared = ContactDetail.objects.exclude(person__in=people).filter(value__in=values)
    functional = [
        noun.objects.filter(mailbox__in=values).values_list("mailbox", flat=True)
        for noun in (Seat, Organization, SteeringGroup, Agreement)
    ]
    values -= {
        *shared.values_list("value", flat=True),
        *(each for rows in functional for each in rows),
    }
    given, family = (name.given_name, name.family_name) if name else ("", "")
    return Traces(given, family, values, spellings)


def _protected_in_words(
    person: Person, again: bool, removed: int, rewritten: int, traces: Traces
) -> list[str]:
    where = "anteckningar, titlar, historik, loggar och uppladdade listor"
    found = [
        f"{about(person)}: namnet rensas igen."
        if again
        else f"{about(person)}: personuppgifterna skyddas. Namnet visas bara för dem som får "
        "se skyddade namn, och varje visning antecknas."
    ]
    if removed:
        found.append(f"{counted(removed, 'kontaktuppgift', 'kontaktuppgifter')} tas bort.")
    if not traces.has_full_name:
        found.append(
            "Bara ett namn är inlagt. Fri text söks därför inte igenom, för ordet kan betyda "
            "något annat. Sök själv i anteckningar."
        )
    if rewritten:
        found.append(
            f"Namnet tas bort på {counted(rewritten, 'annat ställe', 'andra ställen')}: {where}."
        )
    elif traces.has_full_name:
        found.append("Namnet står inte skrivet någon annanstans i appen.")
    if traces.has_full_name:
        found.append(
            "Ett förnamn eller efternamn som står för sig självt tas inte bort, för det kan "
            "betyda något annat. Sök själv i anteckningar."
        )
    if person.user_id is not None:
        found.append(
            "Kontots adress finns kvar för inloggningen, men visas bara för den som har kontot."
        )
    return [
        *found,
        "Brev som redan har skickats, och filer som har laddats ner, går inte att ta tillbaka.",
    ]


def unprotect(
    *, user: User | None, person: Person, agreement: Agreement | None, seen: int | None = None
) -> Act:
    """Let the name be shown again; what was cleaned away does not come back."""
    with act(user=user, verb=Act.Verb.PROTECT, agreement=agreement) as done:
        person = lock_person(person, seen)
        if not person.protected:
            raise ValidationError("Personen är inte skyddad. Inget har ändrats.")
        person.protected = False
        person.save()
        done.summary = (
            f"{about(person)}: skyddet tas bort.\n"
            "Namnet visas igen för alla som hör till överenskommelsen, och går att söka fram.\n"
            "Kontaktuppgifter och texter som rensades kommer inte tillbaka."
        )
    return done
