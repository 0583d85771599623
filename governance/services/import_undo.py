"""Undo of a whole list that was read in: any time later, all of it, unless it was built on."""

from collections import defaultdict
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ForeignKey
from django.utils import timezone

from governance.models import (
    Act,
    ContactDetail,
    ImportRun,
    Leave,
    Mandate,
    Person,
    PersonName,
    Seat,
    User,
)
from governance.services.acts import act as carry_out
from governance.services.mandate_rows import in_group
from governance.services.seats import lock_with_seats
from governance.services.undo import put_back
from governance.services.undo_rows import Written
from governance.swedish import counted, in_words

# What a list can write, the whole before its parts.
NOUNS: tuple[Any, ...] = (Person, PersonName, ContactDetail, Seat, Mandate, Leave)
_LABELS: dict[Any, str] = {
    Person: "personen",
    PersonName: "namnet",
    ContactDetail: "kontaktuppgifterna",
    Seat: "platsen",
    Mandate: "uppdraget",
    Leave: "tjänstledigheten",
}


def undo_import(*, user: User | None, run: ImportRun) -> Act:
    """Put everything back as it was before the list; refused with what was changed since.

    Every table is then what it was, but for history, acts and the run itself, which says
    that it was undone. The refusal has a sentence for each row, without names.
    """
    if run.act is None:
        raise ValidationError("Listan är inte inläst. Det finns inget att ångra.")
    with carry_out(user=user, verb=Act.Verb.UNDO, agreement=run.act.agreement) as done:
        act = Act.objects.select_for_update(of=("self",)).get(pk=run.act.pk)
        if Act.objects.filter(undoes=act).exists():
            raise ValidationError("Listan är redan ångrad. Inget har ändrats.")
        groups = lock_with_seats(act.groups.all())
        written = Written(act, NOUNS)
        if said := in_the_way(written):
            number = counted(len(said), "rad har", "rader har")
            first = f"{number} ändrats efter det att listan lästes in. Inget har ändrats nu."
            then = "Ångra de ändringarna först, eller rätta raderna en och en."
            raise ValidationError([first, *said, then])
        put_back(written)
        done.undoes = act
        done.save(update_fields=["undoes"])
        done.groups.set(groups)
        done.summary = f"Ångrat: {act.summary}"
    return done


def in_the_way(written: Written) -> list[str]:
    """What was changed or built on since, a sentence for each row, without names."""
    changed = written.changed_since()
    where = _Where([*changed])
    said = [
        f"{where.of(row)}: {_LABELS[row.instance_type]} ändrades"
        f" den {in_words(timezone.localtime(row.history_date).date())}{_by(row)}."
        for row in changed
    ]
    told = {(row.instance_type, _pk(row)) for row in changed}
    for noun in NOUNS:
        said += _built_on(noun, written, told)
    return list(dict.fromkeys(said))


def _by(row: Any) -> str:
    return f" (någon {row.caused_by.get_verb_display()})" if row.caused_by else ""


def _pk(row: Any) -> int:
    return int(getattr(row, row.instance_type._meta.pk.attname))


class _Where:
    """Where in a group a history row belongs, in words: two queries for all of them."""

    def __init__(self, rows: list[Any]) -> None:
        people = {self._person(row) for row in rows}
        mandates = Mandate.objects.filter(person__in=people) | Mandate.objects.filter(
            pk__in=[row.mandate_id for row in rows if row.instance_type is Leave]
        )
        related = mandates.select_related("seat__group", "seat__function", "seat__organization")
        self._of_person: dict[int, Seat] = {}
        self._of_mandate: dict[int, Seat] = {}
        for mandate in related:
            self._of_person.setdefault(mandate.person_id, mandate.seat)
            self._of_mandate[mandate.pk] = mandate.seat
        seats = Seat.objects.select_related("group", "function", "organization")
        wanted = {row.seat_id for row in rows if row.instance_type is Mandate}
        wanted |= {row.id for row in rows if row.instance_type is Seat}
        self._seats = seats.in_bulk(list(wanted))

    def _person(self, row: Any) -> int | None:
        if row.instance_type is Person:
            return int(row.id)
        return getattr(row, "person_id", None)

    def of(self, row: Any) -> str:
        seat = None
        if row.instance_type is Seat:
            seat = self._seats.get(row.id)
        elif row.instance_type is Mandate:
            seat = self._seats.get(row.seat_id)
        elif row.instance_type is Leave:
            seat = self._of_mandate.get(row.mandate_id)
        else:
            seat = self._of_person.get(self._person(row) or 0)
        if seat is None:
            return f"{str(row.instance_type._meta.verbose_name).capitalize()} {_pk(row)}"
        text = in_group(seat)
        return text[:1].upper() + text[1:]


def _built_on(noun: Any, written: Written, told: set[tuple[Any, int]]) -> list[str]:
    """What others have hung on a row that the list made, and that would be lost with it."""
    made = written.made(noun)
    if not made:
        return []
    said = []
    for relation in noun._meta.related_objects:
        model, field = relation.related_model, relation.field
        if hasattr(model, "instance_type") or not isinstance(field, ForeignKey):
            continue
        ours = written.made(model) if model in written.rows else set()
        found: dict[int, int] = defaultdict(int)
        rows = model._base_manager.filter(**{f"{field.name}__in": made})
        for pk, whole in rows.values_list("pk", field.attname):
            if pk not in ours and (model, pk) not in told:
                found[whole] += 1
        label = str(model._meta.verbose_name)
        said += [
            f"{str(noun._meta.verbose_name).capitalize()} {pk}{_about(noun, pk)}: används i "
            f"{label} som har kommit till efteråt."
            for pk in sorted(found)
        ]
    return said


def _about(noun: Any, pk: int) -> str:
    """Which seat it is about, for the few rows that stand in the way."""
    related = ("seat__group", "seat__function", "seat__organization")
    if noun is Seat:
        seat = Seat.objects.select_related("group", "function", "organization").get(pk=pk)
        return f" ({in_group(seat)})"
    mandates = Mandate.objects.select_related(*related)
    mandate = mandates.filter(pk=pk) if noun is Mandate else mandates.filter(person=pk)
    first = mandate.first()
    return f" ({in_group(first.seat)})" if first else ""
