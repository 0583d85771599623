"""What is done with a steering group: proposed, made active, rested, described."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from governance.models import Act, Agreement, Area, Coverage, GroupDecision, SteeringGroup, User
from governance.models.groups import RESERVED_SLUGS
from governance.services.acts import act, lock
from governance.services.decisions import NOT_REGISTERED, Registration, about, decide
from governance.swedish import fold, in_words, listed


def propose(
    *,
    user: User | None,
    agreement: Agreement,
    name: str,
    kind: str,
    basis: str,
    areas: Iterable[Area],
    valid_from: datetime.date,
    parent: SteeringGroup | None = None,
    mailbox: str = "",
    note: str = "",
) -> Act:
    """Enter a group that is proposed from `valid_from`; it covers nothing until it is active."""
    with act(user=user, verb=Act.Verb.PROPOSE, agreement=agreement) as done:
        group = make_group(
            agreement=agreement,
            name=name,
            kind=kind,
            basis=basis,
            areas=areas,
            valid_from=valid_from,
            parent=parent,
            mailbox=mailbox,
            note=note,
        )
        done.groups.add(group)
        places = listed(row.area.name for row in group.coverages.select_related("area"))
        done.summary = (
            f"{name} föreslås från och med den {in_words(valid_from)}.\n"
            f"Den ska täcka: {places or 'inget område än'}."
        )
    return done


def make_group(*, areas: Iterable[Area], **fields: Any) -> SteeringGroup:
    """Write the rows of a new group, inside the act of whoever calls."""
    group = SteeringGroup(slug=_free_slug(fields["name"]), **fields)
    check_name(group)
    group.full_clean()
    group.save()
    for area in areas:
        check_exists(area, group.valid_from)
        coverage = Coverage(group=group, area=area, valid_from=group.valid_from)
        coverage.full_clean()
        coverage.save()
    return group


def check_name(group: SteeringGroup) -> None:
    """Refuse a name that another group of the agreement has at the same time.

    The agreement is locked, so that a form sent twice makes one group and a refusal.
    """
    Agreement.objects.select_for_update(of=("self",)).get(pk=group.agreement_id)
    rivals = SteeringGroup.objects.overlapping(group.valid_from, group.valid_through)
    names = rivals.filter(agreement=group.agreement_id).exclude(pk=group.pk)
    if fold(group.name) in map(fold, names.values_list("name", flat=True)):
        raise ValidationError(
            {"name": f"Det finns redan en grupp som heter {group.name}. Välj ett annat namn."}
        )


def check_exists(area: Area, day: datetime.date) -> None:
    """Refuse an area that is not there on the day."""
    if not area.in_force(day):
        raise ValidationError(
            {"areas": f"{area.name} finns inte som område den {in_words(day)}. Ta bort det."}
        )


def _free_slug(name: str) -> str:
    """An address for the name that no other group and no page has."""
    base = slugify(name)[:70] or "grupp"
    slug, number = base, 1
    while slug in RESERVED_SLUGS or SteeringGroup.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def activate(
    *,
    user: User | None,
    group: SteeringGroup,
    first_day: datetime.date,
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """Make a proposed group active from `first_day`, with a decision to complete later.

    A group whose work began before it was entered as proposed begins earlier with it.
    """
    with act(user=user, verb=Act.Verb.ACTIVATE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        if group.decisions.filter(act=GroupDecision.Kind.CREATE).exists():
            raise ValidationError("Gruppen är redan beslutad. Inget har ändrats.")
        if group.has_ended(first_day):
            over = in_words(group.valid_through)  # type: ignore[arg-type]
            raise ValidationError(
                {"first_day": f"Gruppen avslutades den {over}. Välj en dag före det."}
            )
        begin_work(group, first_day, registration)
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name} blir aktiv från och med den {in_words(first_day)}.",
                *about(registration, first_day),
            ]
        )
    return done


def begin_work(group: SteeringGroup, first_day: datetime.date, registration: Registration) -> None:
    """Write the creating decision, and begin the group and its coverage earlier if needed."""
    if group.is_upcoming(first_day):
        began = group.valid_from
        group.valid_from = first_day
        group.full_clean()
        group.save()
        for coverage in group.coverages.filter(valid_from=began).select_related("area"):
            check_exists(coverage.area, first_day)
            coverage.valid_from = first_day
            coverage.full_clean()
            coverage.save()
    decide(group, GroupDecision.Kind.CREATE, first_day, registration)


def rest(
    *,
    user: User | None,
    group: SteeringGroup,
    first_day: datetime.date,
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """Let an active group rest from `first_day`; it still counts in coverage, as resting."""
    return _turn(user, Act.Verb.REST, GroupDecision.Kind.REST, group, first_day, registration, seen)


def resume(
    *,
    user: User | None,
    group: SteeringGroup,
    first_day: datetime.date,
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """Let a resting group work again from `first_day`."""
    return _turn(
        user, Act.Verb.RESUME, GroupDecision.Kind.RESUME, group, first_day, registration, seen
    )


def _turn(
    user: User | None,
    verb: Act.Verb,
    kind: GroupDecision.Kind,
    group: SteeringGroup,
    first_day: datetime.date,
    registration: Registration,
    seen: int | None,
) -> Act:
    with act(user=user, verb=verb, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        _check_turn(group, kind, first_day)
        decide(group, kind, first_day, registration)
        done.groups.add(group)
        what = "vilar" if kind == GroupDecision.Kind.REST else "är aktiv igen"
        done.summary = "\n".join(
            [
                f"{group.name} {what} från och med den {in_words(first_day)}.",
                *about(registration, first_day),
            ]
        )
    return done


def _check_turn(group: SteeringGroup, kind: GroupDecision.Kind, first_day: datetime.date) -> None:
    state = SteeringGroup.objects.with_state(first_day).get(pk=group.pk).state(first_day)
    may = {"resting"} if kind == GroupDecision.Kind.RESUME else {"active", "active_unregistered"}
    if state.code not in may:
        wanted = "återupptas" if kind == GroupDecision.Kind.RESUME else "vila"
        raise ValidationError(
            {
                "first_day": f"Den {in_words(first_day)} är gruppen {state.text.lower()}, "
                f"så den kan inte {wanted} då. Välj en annan dag."
            }
        )
    later = group.decisions.filter(act__in=GroupDecision.TURNS).exclude(
        pk__in=group.decisions.effective(first_day)
    )
    if planned := later.order_by("first_day").first():
        day = in_words(planned.first_day)
        raise ValidationError(
            {
                "first_day": f"Det finns redan ett beslut att {planned.get_act_display()} "
                f"från och med den {day}. Välj en dag efter det."
            }
        )


def describe(
    *,
    user: User | None,
    group: SteeringGroup,
    seen: int | None = None,
    **fields: Any,
) -> Act:
    """Change what is said of a group: name, mailbox, chairing, basis, note, days of notice."""
    with act(user=user, verb=Act.Verb.DESCRIBE, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        before = {name: _shown(group, name) for name in fields}
        for name, value in fields.items():
            setattr(group, name, value)
        changed = [name for name in fields if _shown(group, name) != before[name]]
        if not changed:
            raise ValidationError("Uppgifterna är redan sådana. Inget har ändrats.")
        check_name(group)
        group.full_clean()
        group.save()
        done.groups.add(group)
        done.summary = "\n".join(_change(group, name, before[name]) for name in changed)
    return done


def _shown(group: SteeringGroup, name: str) -> str:
    shown = getattr(group, f"get_{name}_display", None)
    return str(shown() if shown else getattr(group, name))


def _change(group: SteeringGroup, name: str, before: str) -> str:
    """One changed detail in words; free text is not repeated."""
    label = str(group._meta.get_field(name).verbose_name).capitalize()  # type: ignore[union-attr]
    if name == "note":
        return f"{label} ändras."
    return f"{label} ändras från {before or 'tomt'} till {_shown(group, name) or 'tomt'}."
