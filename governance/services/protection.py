"""Protected identity (skyddade personuppgifter): begun with a cleaning, and lifted."""

from django.core.exceptions import ValidationError

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
from governance.services.people import about, lock_person
from governance.services.traces import Traces, remove
from governance.swedish import counted


def protect(
    *, user: User | None, person: Person, agreement: Agreement | None, seen: int | None = None
) -> Act:
    """Hide the name of the person everywhere, and take it out of what was written before.

    The person's contact details go too, for they are as good as the name. Done once more
    on somebody protected, it cleans what has been written since.
    """
    with act(user=user, verb=Act.Verb.PROTECT, agreement=agreement) as done:
        person = lock_person(person, seen)
        again = person.protected
        traces = _traces(person)
        details = person.contact_details.all()
        removed = len(details)
        for row in details:
            row.delete()
        person.protected = True
        person.save()
        rewritten = remove(traces)
        if again and not (removed or rewritten):
            raise ValidationError(
                "Personen är redan skyddad, och namnet står inte skrivet någon annanstans. "
                "Inget har ändrats."
            )
        person = Person.objects.select_related("organization").get(pk=person.pk)
        done.summary = "\n".join(_protected_in_words(person, again, removed, rewritten, traces))
    return done


def _traces(person: Person) -> Traces:
    """The name, and those addresses and numbers that are the person's alone."""
    name = PersonName.objects.filter(person=person).first()
    values = {row.value for row in person.contact_details.all() if row.kind != "phone"}
    shared = ContactDetail.objects.exclude(person=person).filter(value__in=values)
    functional = [
        noun.objects.filter(mailbox__in=values).values_list("mailbox", flat=True)
        for noun in (Seat, Organization, SteeringGroup, Agreement)
    ]
    values -= {
        *shared.values_list("value", flat=True),
        *(each for rows in functional for each in rows),
    }
    given, family = (name.given_name, name.family_name) if name else ("", "")
    return Traces(given, family, values)


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
    elif rewritten:
        found.append(
            f"Namnet tas bort på {counted(rewritten, 'annat ställe', 'andra ställen')}: {where}."
        )
    else:
        found.append("Namnet står inte skrivet någon annanstans i appen.")
    if person.user_id is not None:
        found.append(
            "Kontots adress finns kvar för inloggningen, men visas bara för den som har kontot."
        )
    return [*found, "Brev som redan har skickats går inte att ta tillbaka."]


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
