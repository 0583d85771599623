"""What no constraint can refuse, in sentences: asked by `manage.py check_data`.

Persons are named by key only, since what is printed may end up in a log.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Count, F, Q

from governance.models import (
    ActionPlan,
    Area,
    AreaPart,
    Coverage,
    Goal,
    GroupDecision,
    Leave,
    LocalPriority,
    Mandate,
    Organization,
    Seat,
    SteeringGroup,
    WantedFunction,
)
from governance.swedish import SearchKey, fold
from governance.temporal import Period

Check = Callable[[], Iterator[str]]


def lies_within(inner: Period, outer: Period) -> bool:
    """Whether every day of `inner` is a day of `outer`."""
    if not outer.in_force(inner.valid_from):
        return False
    if inner.valid_through is None:
        return outer.valid_through is None
    return outer.in_force(inner.valid_through)


def parts_of_another_kind() -> Iterator[str]:
    """An AreaPart repeats the kind of the larger area, so that the database can keep its rule."""
    for row in AreaPart.objects.exclude(whole_kind=F("whole__kind")).select_related("whole"):
        yield (
            f"{_named(row)}: slaget är {row.whole_kind}, men det större området "
            f"{row.whole.slug} är {row.whole.kind}."
        )


def mandates_outside_their_seat() -> Iterator[str]:
    yield from _outside(Mandate, "seat")


def leaves_outside_their_mandate() -> Iterator[str]:
    yield from _outside(Leave, "mandate")


def seats_outside_their_group() -> Iterator[str]:
    yield from _outside(Seat, "group")


def wishes_outside_their_group() -> Iterator[str]:
    yield from _outside(WantedFunction, "group")


def seats_that_meet_the_wish_of_another() -> Iterator[str]:
    """A seat meets a wish of its own group, function and kind of organisation."""
    same = Q(
        fulfils__group=F("group"),
        fulfils__function=F("function"),
        fulfils__organization_kind=F("organization__kind"),
    )
    astray = Seat.objects.exclude(fulfils=None).exclude(same)
    for seat in astray.select_related("fulfils").order_by("pk"):
        yield (
            f"{_named(seat)}: uppfyller {_named(seat.fulfils)}, som gäller en annan grupp, "
            "funktion eller ett annat slag av organisation."
        )


def wanted_twice() -> Iterator[str]:
    """Of equal wishes there is one at a time, or a seat would count twice."""
    latest: dict[tuple[int, int, str], WantedFunction] = {}
    for row in WantedFunction.objects.order_by("valid_from", "pk"):
        line = (row.group_id, row.function_id, row.organization_kind)
        before = latest.get(line)
        if before is not None and before.in_force(row.valid_from):
            yield f"{_named(row)} gäller samma dagar som {_named(before)} för samma sak."
        if before is None or not lies_within(row, before):
            latest[line] = row


def coverage_outside_its_group() -> Iterator[str]:
    yield from _outside(Coverage, "group")


def coverage_outside_its_area() -> Iterator[str]:
    yield from _outside(Coverage, "area")


def parts_outside_the_life_of_their_areas() -> Iterator[str]:
    yield from _outside(AreaPart, "part")
    yield from _outside(AreaPart, "whole")


def priorities_outside_their_group() -> Iterator[str]:
    yield from _outside(LocalPriority, "group")


def plans_outside_their_group() -> Iterator[str]:
    """The municipality's own have no group."""
    for row in ActionPlan.objects.exclude(group=None).select_related("group").order_by("pk"):
        if row.group and not lies_within(row, row.group):
            yield _lies_outside(row, row.group)


def prioritized_twice() -> Iterator[str]:
    """A group has a challenge, or a title of its own, once at a time."""
    for row, before in prioritized_doubles(LocalPriority.objects.all()):
        yield f"{_named(row)} gäller samma dagar som {_named(before)} för samma sak."


def prioritized_doubles(
    priorities: models.QuerySet[LocalPriority],
) -> Iterator[tuple[LocalPriority, LocalPriority]]:
    """Of all the groups' priorities given: each that shares a day with an earlier, like one."""
    latest: dict[tuple[int, int | None, str], LocalPriority] = {}
    for row in priorities.order_by("valid_from", "pk"):
        line = (row.group_id, row.challenge_id, fold(row.own_title))
        before = latest.get(line)
        if before is not None and before.in_force(row.valid_from):
            yield row, before
        if before is None or not lies_within(row, before):
            latest[line] = row


def challenges_of_another_version() -> Iterator[str]:
    """A challenge is of the version in force on the first day, of the agreement or above."""
    rows = LocalPriority.objects.exclude(challenge=None)
    for row in rows.select_related("challenge__version", "group__agreement").order_by("pk"):
        version = row.challenge.version if row.challenge else None
        above = {row.group.agreement_id, row.group.agreement.parent_id}
        if version and not (version.in_force(row.valid_from) and version.agreement_id in above):
            yield (
                f"{_named(row)}: utmaningen hör inte till den version som gällde den första "
                f"dagen, {row.valid_from}."
            )


def goals_against_their_direction() -> Iterator[str]:
    """A target worse than the baseline; to keep the level is allowed."""
    for row in Goal.objects.exclude(baseline=None).select_related("indicator").order_by("pk"):
        try:
            row.clean()
        except ValidationError:
            yield f"{_named(row)}: målvärdet {row.target} är sämre än utgångsläget {row.baseline}."


def keys_out_of_date() -> Iterator[str]:
    """Search and sort keys follow the text that they are worked out from."""
    for noun in _nouns():
        columns = [each for each in noun._meta.fields if isinstance(each, SearchKey)]
        for row in noun._default_manager.all() if columns else []:
            for column in columns:
                texts = [str(getattr(row, source) or "") for source in column.sources]
                if getattr(row, column.attname) != column.work_out(texts)[: column.max_length]:
                    yield f"{_named(row)}: nyckeln {column.name} följer inte texten. Spara raden."


def created_twice() -> Iterator[str]:
    created = GroupDecision.objects.filter(act=GroupDecision.Kind.CREATE)
    twice = created.values("group__slug").annotate(number=Count("pk")).filter(number__gt=1)
    for slug, number in twice.order_by("group__slug").values_list("group__slug", "number"):
        yield f"Styrgrupp {slug}: {number} beslut om att skapa gruppen. Det ska vara högst ett."


def successors_in_a_circle() -> Iterator[str]:
    """What is its own successor, at any remove, has no latest row."""
    for noun in (Organization, Area, SteeringGroup):
        steps: dict[int, set[int]] = defaultdict(set)
        for pk, after in noun.objects.exclude(successors=None).values_list("pk", "successors"):
            steps[pk].add(after)
        circular = sorted(pk for pk in steps if pk in _reached(pk, steps))
        for row in noun.objects.filter(pk__in=circular).order_by("pk"):
            yield f"{_named(row)}: efterträder sig själv, direkt eller genom andra."


def addresses_that_are_not_ascii() -> Iterator[str]:
    for noun in _nouns():
        slugs = [each.attname for each in noun._meta.fields if isinstance(each, models.SlugField)]
        for name in slugs:
            for pk, slug in noun._default_manager.order_by("pk").values_list("pk", name):
                if not slug.isascii():
                    yield f"{_label(noun)} {pk}: ”{slug}” får bara ha a–z, 0–9 och bindestreck."


CHECKS: list[Check] = [
    parts_of_another_kind,
    mandates_outside_their_seat,
    leaves_outside_their_mandate,
    seats_outside_their_group,
    wishes_outside_their_group,
    seats_that_meet_the_wish_of_another,
    wanted_twice,
    coverage_outside_its_group,
    coverage_outside_its_area,
    parts_outside_the_life_of_their_areas,
    priorities_outside_their_group,
    plans_outside_their_group,
    prioritized_twice,
    challenges_of_another_version,
    goals_against_their_direction,
    keys_out_of_date,
    created_twice,
    successors_in_a_circle,
    addresses_that_are_not_ascii,
]


def _outside(noun: type[Period], name: str) -> Iterator[str]:
    """Rows with a day on which the row that they hang on is not in force."""
    for row in noun.objects.select_related(name).order_by("pk"):
        outer = getattr(row, name)
        if not lies_within(row, outer):
            yield _lies_outside(row, outer)


def _lies_outside(row: Period, outer: Period) -> str:
    return f"{_named(row)} gäller {_days(row)}, utanför {_named(outer)} ({_days(outer)})."


def _days(row: Period) -> str:
    return f"{row.valid_from}–{row.valid_through or 'tills vidare'}"


def _reached(start: int, steps: dict[int, set[int]]) -> set[int]:
    """What can be reached from `start` in one step or more."""
    found: set[int] = set()
    newest = steps[start]
    while newest:
        found |= newest
        newest = {after for here in newest for after in steps.get(here, ())} - found
    return found


def _nouns() -> list[type[models.Model]]:
    """The app's own nouns, without the tables of their history."""
    every = apps.get_app_config("governance").get_models()
    return [noun for noun in every if not hasattr(noun, "instance_type")]


def _named(row: Any) -> str:
    """A row by its noun, key and address; never by a person's name."""
    slug = getattr(row, "slug", "")
    return f"{_label(type(row))} {row.pk}" + (f" ({slug})" if slug else "")


def _label(noun: type[models.Model]) -> str:
    name = str(noun._meta.verbose_name)
    return name[:1].upper() + name[1:]
