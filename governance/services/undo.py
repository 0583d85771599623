"""Undo (ångra): within fifteen minutes, without a reason, back to exactly what was."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When

from governance.models import (
    Act,
    ActionPlan,
    Address,
    Agreement,
    Answer,
    Goal,
    Holding,
    IndicatorValue,
    Leave,
    LocalPriority,
    Mandate,
    Measure,
    Organization,
    Person,
    PersonName,
    Property,
    Seat,
    SeatRequest,
    SituationPicture,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.permissions import allowed
from governance.queries.faults import lies_within, prioritized_doubles
from governance.rights import (
    APPOINT_OWN,
    EDIT_HOLDINGS,
    EDIT_PRIORITIES,
    EDIT_ROSTER,
    EDIT_STRUCTURE,
    Account,
)
from governance.services.acts import act as carry_out
from governance.services.acts import lock
from governance.services.seats import lock_seats
from governance.services.undo_rows import Written

WINDOW = datetime.timedelta(minutes=15)
# Verbs that say who sits where, and with those that change the seats, all that can be undone.
_FILLING = frozenset(
    {
        Act.Verb.APPOINT,
        Act.Verb.REPLACE,
        Act.Verb.EXTEND,
        Act.Verb.END,
        Act.Verb.STAND_IN,
        Act.Verb.LEAVE,
        Act.Verb.CORRECT,
    }
)
VERBS = _FILLING | {
    Act.Verb.SEAT,
    Act.Verb.SUCCEED,
    Act.Verb.WANT,
    Act.Verb.SETTLE,
    Act.Verb.STOCK,
    Act.Verb.PICTURE,
    Act.Verb.PRIORITIZE,
    Act.Verb.AIM,
    Act.Verb.MEASURE,
    Act.Verb.INDICATE,
}
# What such a verb writes, the whole before its parts.
_NOUNS: tuple[Any, ...] = (
    Person,
    PersonName,
    WantedFunction,
    Seat,
    SeatRequest,
    Mandate,
    Leave,
    Answer,
    LocalPriority,
    Goal,
)
_STOCK: tuple[Any, ...] = (Property, Address, Holding)


def can_undo(user: User, act: Act, now: datetime.datetime) -> bool:
    """Whether the user did it, just now, and still may do it: see `not_theirs`."""
    return act.user_id == user.pk and not _refusal(act, now) and not not_theirs(user, act)


def not_theirs(user: Account, act: Act) -> SteeringGroup | Organization | Agreement | None:
    """The first group, company or agreement where the user may no longer do what the act did.

    Whoever fills an organisation's seats may do what the act did on those alone. One query.
    """
    if act.verb == Act.Verb.STOCK:
        company = act.organization
        return None if company and allowed(user, EDIT_HOLDINGS, company) else company
    if act.verb == Act.Verb.INDICATE:
        whole = act.agreement
        return None if whole and allowed(user, EDIT_STRUCTURE, whole) else whole
    fills = act.verb in _FILLING
    for group in _groups_by_seat(act):
        own = fills and group.filled_by is not None  # type: ignore[attr-defined]
        if not (
            allowed(user, right_to_undo(act), group)
            or (own and allowed(user, APPOINT_OWN, Organization(pk=group.filled_by)))  # type: ignore[attr-defined]
        ):
            return group
    return None


def _groups_by_seat(act: Act) -> QuerySet[SteeringGroup]:
    """Each group of the act, once for every seat there on which it wrote mandates or leaves.

    `filled_by` is the organisation of the seat, None in a group without such a seat.
    """
    mandates = Mandate.history.filter(caused_by=act).values("seat")
    leaves = Leave.history.filter(caused_by=act).values("mandate")
    seats = Seat.objects.filter(Q(pk__in=mandates) | Q(mandates__in=leaves))
    groups = act.groups.select_related("agreement").annotate(
        has_any=Exists(seats.filter(group=OuterRef("pk")))
    )
    rows = groups.filter(Q(has_any=False) | Q(seats__in=seats.values("pk")))
    filled_by = Case(When(has_any=True, then=F("seats__organization")))
    return rows.annotate(filled_by=filled_by).order_by("pk").distinct()


def right_to_undo(act: Act) -> str:
    """The right on the act's groups, company or agreement that doing and undoing it takes."""
    chosen = dict.fromkeys(
        [
            Act.Verb.WANT,
            Act.Verb.PRIORITIZE,
            Act.Verb.AIM,
            Act.Verb.MEASURE,
            Act.Verb.PICTURE,
        ],
        EDIT_PRIORITIES,
    )
    others = {**chosen, Act.Verb.STOCK: EDIT_HOLDINGS, Act.Verb.INDICATE: EDIT_STRUCTURE}
    return others.get(Act.Verb(act.verb), EDIT_ROSTER)


def undo(*, user: User | None, act: Act, now: datetime.datetime) -> Act:
    """Put every row back as it was before the act; refused when one was changed since."""
    with carry_out(user=user, verb=Act.Verb.UNDO, agreement=act.agreement) as done:
        act = Act.objects.select_for_update(of=("self",)).get(pk=act.pk)
        if refusal := _refusal(act, now):
            raise ValidationError(refusal)
        groups: list[SteeringGroup] = []
        if act.verb == Act.Verb.STOCK:
            _undo_stock(act)
        elif act.verb == Act.Verb.PICTURE:
            groups = lock(act.groups.all())
            _undo_picture(act)
        elif act.verb == Act.Verb.MEASURE:
            groups = lock(act.groups.all())
            _undo_measure(act)
        elif act.verb == Act.Verb.INDICATE:
            values = Written(act, (IndicatorValue,))
            _check_unchanged(values)
            values.put_back_one(IndicatorValue)
        else:
            written = Written(act, _NOUNS)
            lock_seats(Seat.objects.filter(pk__in=written.seats))
            groups = lock(act.groups.all())
            _check_unchanged(written)
            put_back(written)
        done.undoes, done.organization = act, act.organization
        done.save(update_fields=["undoes", "organization"])
        done.groups.set(groups)
        done.summary = f"Ångrat: {act.summary}"
    return done


def _undo_stock(act: Act) -> None:
    """Put a company's stock back; one writer at a time for each company."""
    Organization.objects.select_for_update(of=("self",)).get(pk=act.organization_id)
    written = Written(act, _STOCK)
    _check_unchanged(written)
    made = written.made(Property)
    later = Address.objects.filter(property__in=made).exclude(pk__in=written.made(Address))
    if later.exists():
        raise ValidationError(
            "En fastighet har fått nya adresser efter det som du vill ångra. Inget har ändrats "
            "nu. Ångra den senaste ändringen först."
        )
    written.put_back_stock()


def _undo_picture(act: Act) -> None:
    """Put a lägesbild back: a group's, whose group is locked, or the municipality's own."""
    if not act.groups.exists():
        Agreement.objects.select_for_update(of=("self",)).get(pk=act.agreement_id)
    written = Written(act, (SituationPicture,))
    _check_unchanged(written)
    written.put_back_one(SituationPicture)


def _undo_measure(act: Act) -> None:
    """Put a measure back with its places; what it hung on must still be there."""
    written = Written(act, (Measure,))
    _check_unchanged(written)
    for row in written.before(Measure).values():
        hangs_on: list[tuple[Any, int | None]] = [
            (LocalPriority, row.priority_id),
            (ActionPlan, row.plan_id),
            (Seat, row.seat_id),
        ]
        for noun, pk in hangs_on:
            if pk is not None and not noun.objects.filter(pk=pk).exists():
                raise ValidationError(
                    f"{str(noun._meta.verbose_name).capitalize()} som åtgärden hörde till finns "
                    "inte längre. Inget har ändrats nu. Ångra den senaste ändringen först."
                )
    written.put_back_with(Measure, "places")


def _refusal(act: Act, now: datetime.datetime) -> str:
    """Why the act itself cannot be undone, or nothing."""
    if act.verb == Act.Verb.IMPORT:
        return "Listan ångras på sin egen sida, under Läs in en lista. Inget har ändrats."
    if act.verb not in VERBS:
        return "Den händelsen går inte att ångra. Gör en ny ändring i stället."
    if Act.objects.filter(undoes=act).exists():
        return "Händelsen är redan ångrad. Inget har ändrats."
    if now - act.at > WINDOW:
        return "Det har gått mer än 15 minuter. Välj Rätta fel uppgift eller gör en ny ändring."
    return ""


def _check_unchanged(written: Written) -> None:
    for row in written.changed_since():
        label = str(row.instance_type._meta.verbose_name).capitalize()
        raise ValidationError(
            f"{label} har ändrats efter det som du vill ångra. "
            "Inget har ändrats nu. Ångra den senaste ändringen först."
        )


def put_back(written: Written) -> None:
    """Put everything back, and refuse what would then lie outside what it hangs on."""
    faults = _outside(written)
    written.put_back()
    if _outside(written) - faults:
        raise ValidationError(
            "Något som har ändrats efteråt hamnar utanför sin tid. Inget har ändrats. "
            "Ångra den senaste ändringen först."
        )


def _outside(written: Written) -> set[tuple[str, int]]:
    """What on the seats written about, or wished for, has a day outside what it hangs on;
    and which of the group's priorities are there twice.
    """
    seats = written.seats
    wishes = WantedFunction.objects.filter(pk__in=written.rows.get(WantedFunction, ()))
    found = Seat.objects.filter(pk__in=seats).select_related("group")
    mandates = Mandate.objects.filter(seat__in=seats).select_related("seat")
    leaves = Leave.objects.filter(mandate__in=mandates).select_related("mandate")
    chosen = LocalPriority.objects.filter(pk__in=written.rows.get(LocalPriority, ()))
    there = LocalPriority.objects.filter(group__in=chosen.values("group"))
    doubles = {(row._meta.label, row.pk) for row, _ in prioritized_doubles(there)}
    pairs: list[tuple[Any, Any]] = [
        *((row, row.group) for row in chosen.select_related("group")),
        *((wish, wish.group) for wish in wishes.select_related("group")),
        *((seat, seat.group) for seat in found),
        *((mandate, mandate.seat) for mandate in mandates),
        *((leave, leave.mandate) for leave in leaves),
    ]
    return doubles | {
        (row._meta.label, row.pk) for row, whole in pairs if not lies_within(row, whole)
    }
