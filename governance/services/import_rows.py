"""A plan carried out: every row of every noun in bulk, inside somebody's act."""

from typing import Any

from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import ContactDetail, Leave, Mandate, Person, PersonName, Seat
from governance.queries.imports import Ground
from governance.services.import_cells import digits
from governance.services.import_people import NewOne
from governance.services.import_plan import Plan
from governance.services.periods import withdraw
from governance.temporal import Period

BATCH = 500


def write(plan: Plan, ground: Ground) -> None:
    """Write what the plan says; the seats and groups are locked by whoever asks.

    Nothing is asked of the rows here that the plan has asked (see `import_plan`): what
    the database refuses ends the whole act.
    """
    people = _write_people(plan)
    _write_contacts(plan, people)
    _retitle(plan, ground)
    _shorten_leaves(plan, ground)
    _change_mandates(plan)
    _create(plan.seats, Seat)
    for mandate, who in plan.begun:
        mandate.seat = mandate.seat  # its id, now that it has one
        mandate.person = people[id(who)] if isinstance(who, NewOne) else who.person
    _create([mandate for mandate, _ in plan.begun], Mandate)


def _create(rows: list[Any], noun: Any) -> None:
    if rows:
        bulk_create_with_history(rows, noun, batch_size=BATCH)


def _update(rows: list[Any], noun: Any, fields: set[str]) -> None:
    if rows:
        bulk_update_with_history(rows, noun, sorted(fields), batch_size=BATCH)


def _write_people(plan: Plan) -> dict[int, Person]:
    """The new persons with their names, by the id() of who they are in the plan."""
    rows = [
        Person(organization=one.organization, title=one.title, protected=protected)
        for one, protected in plan.people
    ]
    _create(rows, Person)
    pairs = list(zip([one for one, _ in plan.people], rows, strict=True))
    names = [
        PersonName(person=row, given_name=one.given_name, family_name=one.family_name)
        for one, row in pairs
    ]
    _create(names, PersonName)
    return {id(one): row for one, row in pairs}


def _write_contacts(plan: Plan, people: dict[int, Person]) -> None:
    """The first detail of somebody without any is the main one; the protected get none."""
    made = []
    for one, protected in plan.people:
        told = [] if protected else [("email", one.email), ("phone", one.phone)]
        filled = [(column, text) for column, text in told if text]
        made += [
            _detail(people[id(one)], column, text, main=at == 0)
            for at, (column, text) in enumerate(filled)
        ]
    have = {known.person.pk for known, *_ in plan.contacts if known.contacts}
    for known, column, text in plan.contacts:
        made.append(_detail(known.person, column, text, main=known.person.pk not in have))
        have.add(known.person.pk)
    _create(made, ContactDetail)
    replaced = []
    for row, text in plan.replaced_contacts:
        row.previous = "\n".join(filter(None, [row.previous, row.value]))
        row.value = text
        replaced.append(row)
    _update(replaced, ContactDetail, {"value", "previous"})


def _detail(person: Person, column: str, text: str, *, main: bool) -> ContactDetail:
    kind = ContactDetail.Kind.EMAIL
    if column == "phone":
        mobile = digits(text).startswith("07")
        kind = ContactDetail.Kind.MOBILE if mobile else ContactDetail.Kind.PHONE
    return ContactDetail(person=person, kind=kind, value=text, main=main)


def _retitle(plan: Plan, ground: Ground) -> None:
    rows = []
    for pk, title in plan.titles.items():
        person = ground.people[pk].person
        person.title = title
        rows.append(person)
    _update(rows, Person, {"title"})


def _shorten_leaves(plan: Plan, ground: Ground) -> None:
    """Leaves end with their mandate; those that had not begun then are withdrawn."""
    last_days = [*plan.ended]
    last_days += [
        (row, new["valid_through"]) for row, new in plan.changed if new.get("valid_through")
    ]
    gone, shorter = [], []
    for mandate, last_day in last_days:
        for leave in ground.leaves[mandate.pk]:
            if leave.is_upcoming(last_day):
                gone.append(leave.pk)
            elif _outlasts(leave, last_day):
                leave.valid_through = last_day
                shorter.append(leave)
    if gone:
        withdraw(Leave.objects.filter(pk__in=gone))
    _update(shorter, Leave, {"valid_through"})


def _change_mandates(plan: Plan) -> None:
    """What gets shorter first, so that nobody is in the way of what gets longer."""
    for mandate, last_day in plan.ended:
        mandate.valid_through = last_day
        mandate.end_reason = Mandate.EndReason.REPLACED
    _update([row for row, _ in plan.ended], Mandate, {"valid_through", "end_reason"})
    shorter = [pair for pair in plan.changed if not _grows(*pair)]
    longer = [pair for pair in plan.changed if _grows(*pair)]
    for pairs in (shorter, longer):
        fields: set[str] = set()
        for mandate, new in pairs:
            fields |= set(new)
            for name, value in new.items():
                setattr(mandate, name, value)
        _update([mandate for mandate, _ in pairs], Mandate, fields)


def _grows(mandate: Mandate, new: dict[str, Any]) -> bool:
    """Whether the mandate gets a day that it does not have."""
    first, last = new.get("valid_from"), new.get("valid_through", mandate.valid_through)
    return (
        bool(first and mandate.is_upcoming(first))
        or (last is None and mandate.valid_through is not None)
        or bool(last and mandate.has_ended(last))
    )


def _outlasts(row: Period, day: Any) -> bool:
    return row.valid_through is None or Leave(valid_from=row.valid_through).is_upcoming(day)
