"""Where a group works, changed from a day on."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from governance.models import Act, Area, Coverage, GroupDecision, SteeringGroup, User
from governance.services.acts import act, lock
from governance.services.decisions import NOT_REGISTERED, Registration, about, decide
from governance.services.groups import check_exists
from governance.swedish import in_words, listed
from governance.temporal import day_before


@dataclass(frozen=True)
class Changed:
    """Names of the areas that a group gains, loses, and was to have had later on."""

    gained: list[str]
    lost: list[str]
    withdrawn: list[str]

    def sentences(self) -> list[str]:
        return [
            *([f"Nytt: {listed(self.gained)}."] if self.gained else []),
            *([f"Upphör: {listed(self.lost)}."] if self.lost else []),
            *(
                [f"Skulle ha börjat senare och återkallas: {listed(self.withdrawn)}."]
                if self.withdrawn
                else []
            ),
        ]


def change_coverage(
    *,
    user: User | None,
    group: SteeringGroup,
    first_day: datetime.date,
    areas: Iterable[Area],
    registration: Registration = NOT_REGISTERED,
    seen: int | None = None,
) -> Act:
    """From `first_day` on the group covers just `areas`; what it covered before stays history."""
    with act(user=user, verb=Act.Verb.COVER, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        if not group.in_force(first_day):
            raise ValidationError(
                {"first_day": f"Gruppen finns inte den {in_words(first_day)}. Välj en annan dag."}
            )
        changed = cover(group, first_day, areas)
        if not changed.sentences():
            raise ValidationError("Täckningen är redan sådan. Inget har ändrats.")
        decide(group, GroupDecision.Kind.COVERAGE, first_day, registration)
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name} får ny täckning från och med den {in_words(first_day)}.",
                *changed.sentences(),
                *about(registration, first_day),
            ]
        )
    return done


def cover(group: SteeringGroup, first_day: datetime.date, areas: Iterable[Area]) -> Changed:
    """Write the rows that make the group cover just `areas` from `first_day` on.

    A row that would begin on or after `first_day` is withdrawn, with the decision it
    rests on; one that covers the day before is shortened, and only then are new rows
    written.
    """
    wanted = {area.pk: area for area in areas}
    for area in wanted.values():
        check_exists(area, first_day)
    covered, kept = set(), set()
    lost, withdrawn = set(), set()
    for row in group.coverages.outlasting(day_before(first_day)).select_related("area"):
        if row.in_force(first_day):
            covered.add(row.area_id)
            if row.area_id in wanted and row.valid_through == group.valid_through:
                kept.add(row.area_id)
                continue
        if row.area_id not in wanted:
            (lost if row.in_force(first_day) else withdrawn).add(row.area.name)
        shorten(row, day_before(first_day))
    _withdraw_later_decisions(group, first_day)
    for area in wanted.values():
        if area.pk not in kept:
            begin(group, area, first_day)
    gained = {area.name for area in wanted.values() if area.pk not in covered}
    return Changed(sorted(gained), sorted(lost), sorted(withdrawn - lost))


def begin(group: SteeringGroup, area: Area, first_day: datetime.date) -> None:
    """Write that the group covers the area from `first_day` for as long as the group lasts."""
    row = Coverage(group=group, area=area, valid_from=first_day, valid_through=group.valid_through)
    row.full_clean()
    row.save()


def shorten(row: Coverage, last_day: datetime.date) -> None:
    """End the row on `last_day`, or withdraw it if it had not begun by then."""
    if row.is_upcoming(last_day):
        row.delete()
        return
    row.valid_through = last_day
    row.full_clean()
    row.save()


def _withdraw_later_decisions(group: SteeringGroup, first_day: datetime.date) -> None:
    changes = group.decisions.filter(act=GroupDecision.Kind.COVERAGE)
    for decision in changes.exclude(pk__in=changes.effective(first_day)):
        decision.delete()
