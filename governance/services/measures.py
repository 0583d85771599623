"""Measures (åtgärder): entered, changed, reported on, and withdrawn when wrongly entered."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, fields
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from governance.models import (
    Act,
    ActionPlan,
    Area,
    LocalPriority,
    Measure,
    Organization,
    Seat,
    SteeringGroup,
    User,
)
from governance.services.acts import Stale, act, lock
from governance.swedish import figure, in_words, listed

# Where a form shows what a rule of the whole row refuses.
_FIELD_OF_RULE = {
    "measure_due_after_start": "due",
    "measure_not_done_says_why": "why",
    "measure_target_has_its_unit": "target",
}


@dataclass(frozen=True)
class Content:
    """What a measure is. Priority, organisation, title and last day are all that is needed.

    `target` is a number of `unit`, counted `per`; `cost` in kronor, `hours` working hours.
    """

    priority: LocalPriority
    organization: Organization
    title: str
    due: datetime.date
    seat: Seat | None = None
    plan: ActionPlan | None = None
    description: str = ""
    start: datetime.date | None = None
    target: Decimal | None = None
    unit: str = ""
    per: str = Measure.Per.TOTAL
    cost: Decimal | None = None
    hours: Decimal | None = None
    places: Sequence[Area] = ()


_COLUMNS = [field.name for field in fields(Content) if field.name != "places"]


def add_measure(
    *,
    user: User | None,
    group: SteeringGroup,
    content: Content,
    today: datetime.date,
    seen: int | None = None,
) -> Act:
    """Enter a measure, as planned; its priority is one in force `today` or on its last day."""
    with act(user=user, verb=Act.Verb.MEASURE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        _check_priority(content, group, today)
        measure = Measure(**{name: getattr(content, name) for name in _COLUMNS})
        _save(measure)
        measure.places.set(content.places)
        done.groups.add(group)
        done.summary = (
            f"{group.name}: åtgärden ”{measure.title}” läggs till under prioriteringen "
            f"{content.priority.short_title}.\n"
            f"Ansvarig är {content.organization}. Klar senast den {in_words(content.due)}."
        )
    return done


def change_measure(
    *,
    user: User | None,
    measure: Measure,
    content: Content,
    today: datetime.date,
    seen: int | None = None,
) -> Act:
    """Change what the measure is; how far it has come is told by `report_measure`."""
    with act(user=user, verb=Act.Verb.MEASURE, agreement=measure.group.agreement) as done:
        measure, group = _locked(measure, seen)
        before = measure.title
        changed = [name for name in _COLUMNS if getattr(measure, name) != getattr(content, name)]
        if {"priority", "due"} & set(changed):
            _check_priority(content, group, today)
        moved = set(measure.places.all()) != set(content.places)
        if not changed and not moved:
            raise ValidationError("Uppgifterna är redan sådana. Inget har ändrats.")
        for name in changed:
            setattr(measure, name, getattr(content, name))
        _save(measure)
        measure.places.set(content.places)
        names = changed + (["places"] if moved else [])
        labels = [str(Measure._meta.get_field(name).verbose_name) for name in names]  # type: ignore[union-attr]
        done.groups.add(group)
        done.summary = f"{group.name}: åtgärden ”{before}” ändras: {listed(labels)}." + (
            f"\nDen heter nu ”{measure.title}”." if before != measure.title else ""
        )
    return done


def report_measure(
    *,
    user: User | None,
    measure: Measure,
    status: str,
    progress: Decimal | None = None,
    why: str = "",
    seen: int | None = None,
) -> Act:
    """Say how far it has come: its status, the number reached in all so far, and why not."""
    with act(user=user, verb=Act.Verb.MEASURE, agreement=measure.group.agreement) as done:
        measure, group = _locked(measure, seen)
        told = (status, progress, why.strip())
        if told == (measure.status, measure.progress, measure.why):
            raise ValidationError("Det är redan rapporterat så. Inget har ändrats.")
        measure.status, measure.progress, measure.why = told
        _save(measure)
        done.groups.add(group)
        said = f"{group.name}: åtgärden ”{measure.title}” är {measure.get_status_display()}."
        if measure.status == Measure.Status.ONGOING:
            said = f"{group.name}: åtgärden ”{measure.title}” pågår."
        if progress is not None:
            unit = f" {measure.unit}" if measure.unit else ""
            said += f"\nGjort hittills: {figure(progress)}{unit}."
        done.summary = said
    return done


def withdraw_measure(*, user: User | None, measure: Measure, seen: int | None = None) -> Act:
    """Take away a measure that was entered by mistake; its content stays in the history."""
    with act(user=user, verb=Act.Verb.MEASURE, agreement=measure.group.agreement) as done:
        measure, group = _locked(measure, seen)
        done.groups.add(group)
        done.summary = f"{group.name}: åtgärden ”{measure.title}” tas bort. Den var fel inlagd."
        measure.delete()
    return done


def check_not_named(seats: QuerySet[Seat]) -> None:
    """Refuse that seats are withdrawn which measures name; which measure, and what to do."""
    named = Measure.objects.filter(seat__in=seats).select_related(
        "priority__group", "seat__function", "seat__organization"
    )
    found = list(named.order_by("due", "pk"))
    if found:
        first = found[0]
        titles = listed(f"”{each.title}” i {each.group.name}" for each in found)
        word = "åtgärden" if len(found) == 1 else "åtgärderna"
        raise ValidationError(
            f"Platsen {first.seat} ansvarar för {word} {titles}. Därför kan den inte återkallas "
            "innan den har börjat. Inget har ändrats. Välj en annan ansvarig plats, eller ingen, "
            f"med Ändra åtgärden på {'dess' if len(found) == 1 else 'deras'} sida, och försök igen."
        )


def _locked(measure: Measure, seen: int | None) -> tuple[Measure, SteeringGroup]:
    """The measure as it is now, and its group. Stale when somebody has taken it away."""
    [group] = lock([measure.group], seen)
    rows = Measure.objects.select_for_update(of=("self",)).filter(pk=measure.pk)
    found = rows.select_related("priority").first()
    if found is None:
        raise Stale("Åtgärden")
    return found, group


def _check_priority(content: Content, group: SteeringGroup, today: datetime.date) -> None:
    priority = content.priority
    if priority.group_id != group.pk:
        sentence = "Prioriteringen hör till en annan grupp. Välj en av gruppens egna."
        raise ValidationError({"priority": sentence})
    if not priority.in_force(today) and not priority.in_force(content.due):
        raise ValidationError(
            {
                "priority": f"{priority.short_title} gäller varken i dag eller den "
                f"{in_words(content.due)}. Välj en prioritering som gäller någon av de dagarna."
            }
        )


def _save(measure: Measure) -> None:
    try:
        measure.full_clean()
    except ValidationError as refusal:
        raise _beside(refusal) from refusal
    measure.save()


def _beside(refusal: ValidationError) -> ValidationError:
    """The same refusal, with what a rule of the whole row says beside the field it is about."""
    rules = {rule.name: rule.get_violation_error_message() for rule in Measure._meta.constraints}
    field_of = {rules[name]: field for name, field in _FIELD_OF_RULE.items()}
    found: dict[str, list[str]] = {}
    for field, sentences in refusal.message_dict.items():
        for sentence in sentences:
            found.setdefault(field_of.get(sentence, field), []).append(sentence)
    return ValidationError(found)
