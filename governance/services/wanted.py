"""Wanted functions (önskade funktioner): what groups need, from a day, and which seats do it."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from governance.models import (
    Act,
    Function,
    Level,
    Seat,
    SteeringGroup,
    User,
    WantedFunction,
)
from governance.services.acts import Stale, act
from governance.services.mandate_rows import through, within
from governance.services.periods import shorten_all
from governance.services.seats import lock_with_seats
from governance.services.wanted_rows import (
    NOT_FITTING,
    end_wishes,
    equal_seats,
    equal_wishes,
    tie,
    tie_free,
)
from governance.swedish import counted, in_words, listed
from governance.temporal import day_before


@dataclass(frozen=True)
class Terms:
    """What is wanted of a function; `appoints` and `note` are free text and stand in no summary."""

    need: str = WantedFunction.Need.DESIRED
    level: str = ""
    number: int = 1
    appoints: str = ""
    note: str = ""


def want(
    *,
    user: User | None,
    groups: Iterable[SteeringGroup],
    function: Function,
    organization_kind: str,
    terms: Terms,
    first_day: datetime.date,
    seen: int | None = None,
) -> Act:
    """State the same need in every one of the groups, from `first_day` as long as each lasts.

    Equal seats that meet no wish yet meet this one, at most `terms.number` at a time.
    """
    chosen = list({group.pk: group for group in groups}.values())
    _check_groups(chosen)
    with act(user=user, verb=Act.Verb.WANT, agreement=chosen[0].agreement) as done:
        locked = lock_with_seats(chosen, seen)
        lines = [(group, within(group, first_day, None, what=group.name)) for group in locked]
        wishes = [
            WantedFunction(
                group=group,
                function=function,
                organization_kind=organization_kind,
                valid_from=first_day,
                valid_through=last_day,
                **asdict(terms),
            )
            for group, last_day in sorted(lines, key=lambda line: line[0].sort_key)
        ]
        _write(wishes)
        done.groups.set(locked)
        done.summary = "\n".join(
            [*_begun_in_words(wishes, terms), *_tied_in_words(wishes, tie_free(wishes))]
        )
    return done


def change_wish(
    *,
    user: User | None,
    wish: WantedFunction,
    first_day: datetime.date,
    terms: Terms,
    seen: int | None = None,
) -> Act:
    """From `first_day` the wish has other terms; from its own first day it is put right in place.

    The seats that meet it go on doing so, also when they are more than `terms.number`.
    """
    with act(user=user, verb=Act.Verb.WANT, agreement=wish.group.agreement) as done:
        wish = _lock(wish, seen)
        before = f"{wish} i {wish.group.name}"
        changed = {
            name: value for name, value in asdict(terms).items() if getattr(wish, name) != value
        }
        if not changed:
            raise ValidationError("Önskemålet är redan sådant. Inget har ändrats.")
        now = _follow(wish, first_day, changed)
        done.groups.add(wish.group)
        done.summary = "\n".join(
            [
                f"{before} ändras från och med den {in_words(first_day)}"
                f"{through(now.valid_through)}: {_terms_in_words(terms)}.",
                *_texts_in_words(changed),
                *_tied_in_words([now], tie_free([now])),
            ]
        )
    return done


def end_wish(
    *, user: User | None, wish: WantedFunction, last_day: datetime.date, seen: int | None = None
) -> Act:
    """End the wish on `last_day`, or withdraw it if it begins later; its seats remain."""
    with act(user=user, verb=Act.Verb.WANT, agreement=wish.group.agreement) as done:
        wish = _lock(wish, seen)
        rows = WantedFunction.objects.filter(pk=wish.pk)
        if wish.valid_through is not None and not rows.outlasting(last_day):
            over = in_words(wish.valid_through)
            raise ValidationError({"last_day": f"Önskemålet slutar redan den {over}."})
        begins = in_words(wish.valid_from)
        _, withdrawn, freed = end_wishes(rows, last_day)
        about = f"{wish} i {wish.group.name}"
        done.groups.add(wish.group)
        kept = "Platserna i gruppen finns kvar."
        if withdrawn:
            let_go = f" {counted(len(freed), 'plats', 'platser')} knyts loss." if freed else ""
            done.summary = f"{about} från den {begins} återkallas.{let_go}\n{kept}"
        else:
            done.summary = (
                f"{about} önskas inte längre. Sista dagen är den {in_words(last_day)}.\n{kept}"
            )
    return done


def tie_seats(
    *,
    user: User | None,
    wish: WantedFunction,
    seats: Iterable[Seat],
    seen: int | None = None,
) -> Act:
    """Let exactly these seats meet the wish, of all that fit it; it has no day of its own."""
    chosen = {seat.pk for seat in seats}
    with act(user=user, verb=Act.Verb.WANT, agreement=wish.group.agreement) as done:
        wish = _lock(wish, seen)
        fitting = list(equal_seats(wish))
        if not chosen <= {seat.pk for seat in fitting}:
            raise ValidationError({"seats": NOT_FITTING})
        tied = [each for each in fitting if each.pk in chosen and each.fulfils_id is None]
        freed = [each for each in fitting if each.pk not in chosen and each.fulfils_id is not None]
        if not tied and not freed:
            raise ValidationError("Platserna är redan knutna så. Inget har ändrats.")
        for seat in tied:
            seat.fulfils = wish
        for seat in freed:
            seat.fulfils = None
        tie([*tied, *freed])
        done.groups.add(wish.group)
        done.summary = "\n".join(
            [
                f"{wish} i {wish.group.name}: ändrat vilka platser som uppfyller önskemålet.",
                *(f"{seat} uppfyller önskemålet." for seat in tied),
                *(f"{seat} uppfyller inte längre önskemålet." for seat in freed),
            ]
        )
    return done


# -- the rows ------------------------------------------------------------------------------------


def _lock(wish: WantedFunction, seen: int | None) -> WantedFunction:
    """The wish as it is now, with its group's seats and then the group locked."""
    [group] = lock_with_seats([wish.group], seen)
    found = WantedFunction.objects.select_related("function").filter(pk=wish.pk).first()
    if found is None:
        raise Stale("Önskemålet")
    found.group = group
    return found


def _follow(
    wish: WantedFunction, first_day: datetime.date, changed: dict[str, object]
) -> WantedFunction:
    """The wish as it is from `first_day`: the same row, or the one that takes its place.

    What is entered here has no mark; its source is the act.
    """
    within(wish, first_day, None, what="Önskemålet")
    last_day = wish.valid_through
    if wish.valid_from != first_day:
        shorten_all(WantedFunction.objects.filter(pk=wish.pk), day_before(first_day))
        wish.pk = None
        wish._state.adding = True
        wish.valid_from, wish.valid_through = first_day, last_day
    wish.source_mark = wish.source = ""
    for name, value in changed.items():
        setattr(wish, name, value)
    wish.full_clean()
    wish.save()
    return wish


def _check_groups(groups: list[SteeringGroup]) -> None:
    if not groups:
        raise ValidationError({"groups": "Välj minst en styrgrupp."})
    if len({group.agreement_id for group in groups}) > 1:
        raise ValidationError(
            {"groups": "Grupperna hör till olika överenskommelser. Ta en överenskommelse i taget."}
        )


def _write(wishes: list[WantedFunction]) -> None:
    _check_not_wanted_already(wishes)
    for wish in wishes:
        wish.full_clean()
        wish.save()


def _check_not_wanted_already(wishes: list[WantedFunction]) -> None:
    double = [wish.group.name for wish in wishes if equal_wishes(wish).exists()]
    if double:
        raise ValidationError(
            {
                "groups": f"{wishes[0]} önskas redan i {listed(double)} under de dagarna. "
                "Ta bort den gruppen ur valet, eller ändra det önskemål som finns."
            }
        )


# -- in words --------------------------------------------------------------------------------------


def _begun_in_words(wishes: list[WantedFunction], terms: Terms) -> list[str]:
    first_day = in_words(wishes[0].valid_from)
    groups = listed(wish.group.name for wish in wishes)
    return [
        f"{wishes[0]} önskas i {groups} från och med den {first_day}.",
        f"{_terms_in_words(terms)}.",
    ]


def _terms_in_words(terms: Terms) -> str:
    level = f", lägst {Level(terms.level).label}" if terms.level else ""
    number = counted(terms.number, "plats", "platser")
    need = WantedFunction.Need(terms.need).label if terms.need in WantedFunction.Need else ""
    return f"{need[:1].upper()}{need[1:]}{level}, {number}"


def _texts_in_words(changed: dict[str, object]) -> list[str]:
    """That the free texts were changed, never what they say."""
    said = {"appoints": "Vem som utser är ändrat.", "note": "Anmärkningen är ändrad."}
    return [sentence for name, sentence in said.items() if name in changed]


def _tied_in_words(wishes: list[WantedFunction], tied: list[Seat]) -> list[str]:
    """Which seats meet each wish from now on, and where none can."""
    by_group: dict[int, list[str]] = {}
    for seat in tied:
        by_group.setdefault(seat.group_id, []).append(str(seat))
    found = [
        f"{wish.group.name}: {listed(by_group[wish.group_id])} uppfyller önskemålet."
        for wish in wishes
        if wish.group_id in by_group
    ]
    bare = [wish.group.name for wish in wishes if not _is_met(wish)]
    if len(bare) == len(wishes) > 1:
        found.append(f"Ingen av grupperna har någon plats för {wishes[0]} än.")
    elif bare:
        found.append(f"Ingen plats för {wishes[0]} finns än i {listed(bare)}.")
    return found


def _is_met(wish: WantedFunction) -> bool:
    return equal_seats(wish).exclude(fulfils=None).exists()
