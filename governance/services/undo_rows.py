"""What one act wrote, and how every row of it is put back as it was, many at a time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import ProtectedError
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from governance.models import (
    Act,
    Address,
    Answer,
    ContactDetail,
    Goal,
    Holding,
    Leave,
    LocalPriority,
    Mandate,
    Person,
    PersonName,
    Property,
    Seat,
    SeatRequest,
    WantedFunction,
    history_in_one_go,
)
from governance.swedish import SearchKey
from governance.temporal import Period

BATCH = 500


class Written:
    """What an act wrote, by noun and key: its history rows, the oldest first.

    `nouns` are those that such an act can write, the whole before its parts.
    """

    def __init__(self, act: Act, nouns: Iterable[Any]) -> None:
        self._act = act
        self.rows: dict[Any, dict[int, list[Any]]] = {}
        for noun in nouns:
            rows: dict[int, list[Any]] = defaultdict(list)
            for row in noun.history.filter(caused_by=act).order_by("history_id"):
                rows[getattr(row, noun._meta.pk.attname)].append(row)
            self.rows[noun] = rows

    @property
    def seats(self) -> set[int]:
        """Every seat that the rows are, or are about."""
        leaves = [row.mandate_id for rows in self.rows[Leave].values() for row in rows]
        about = [row for rows in self.rows[Mandate].values() for row in rows]
        about += Mandate.history.filter(id__in=leaves)
        return set(self.rows[Seat]) | {row.seat_id for row in about}

    def made(self, noun: Any) -> set[int]:
        return {pk for pk, rows in self.rows[noun].items() if rows[0].history_type == "+"}

    def changed_since(self) -> list[Any]:
        """The latest history row of everything that was written again after the act.

        What was done later and has been undone is as if it had never been.
        """
        found = []
        for noun, rows in self.rows.items():
            if not rows:
                continue
            key = noun._meta.pk.attname
            last = {pk: each[-1].history_id for pk, each in rows.items()}
            later = noun.history.filter(history_id__gt=min(last.values()))
            later = later.exclude(caused_by=self._act.pk)
            later = later.exclude(caused_by__undone_by__isnull=False)
            later = later.exclude(caused_by__undoes__gt=self._act.pk).select_related("caused_by")
            newest: dict[int, Any] = {}
            for row in later.filter(**{f"{key}__in": last}).order_by("history_id"):
                if row.history_id > last[getattr(row, key)]:
                    newest[getattr(row, key)] = row
            found += newest.values()
        return found

    def put_back(self) -> None:
        """Delete what was made, and write what was changed or withdrawn as it was.

        Mandates leave a seat before it is deleted, and it is gone before the one that it
        took the place of gets its days back. A wish is there before the seats that meet
        it, and is not deleted until they have let go of it. What was deleted or made shorter
        comes before what gets longer; the database's own rules have the last word.
        """
        self._restore(WantedFunction)
        self._delete(Leave, Mandate)
        self._restore(Seat, withdrawn=True)
        self._restore(Mandate)
        self._restore(SeatRequest)
        self._delete(Seat, ContactDetail, PersonName, Person)
        for noun in (Seat, Person, ContactDetail):
            self._restore(noun, withdrawn=False)
        self._restore(Leave)
        self._restore(Answer)
        self._delete(WantedFunction)
        self._delete(Goal, LocalPriority)
        self._restore(LocalPriority)
        self._restore(Goal)

    def put_back_stock(self) -> None:
        """As `put_back`, for what a company has: what was made goes before the rest comes back."""
        self._delete(Holding, Address, Property)
        for noun in (Property, Address, Holding):
            self._restore(noun)

    def put_back_one(self, noun: Any) -> None:
        """As `put_back`, for acts that write one noun and no other."""
        self._delete(noun)
        self._restore(noun)

    def put_back_with(self, noun: Any, join: str) -> None:
        """As `put_back_one`, for a noun whose history keeps what it is joined to; one by one."""
        for row in noun._default_manager.filter(pk__in=self.made(noun)):
            row.delete()
        before = self.before(noun)
        joined = self._joined_before(noun, before, join)
        for pk, was in before.items():
            row = was.instance
            row.save(force_insert=self.rows[noun][pk][-1].history_type == "-")
            getattr(row, join).set(joined[pk])

    def _joined_before(self, noun: Any, before: Iterable[int], join: str) -> dict[int, set[int]]:
        """Ids of what each row was joined to; a deleted row has lost them, not the one before."""
        found: dict[int, set[int]] = {}
        key = noun._meta.get_field(join).m2m_reverse_field_name()
        for pk in before:
            first = self.rows[noun][pk][0].history_id
            earlier = noun.history.filter(**{noun._meta.pk.attname: pk}, history_id__lt=first)
            last = earlier.order_by("-history_id").first()
            rows = getattr(last, join).all() if last else ()
            found[pk] = {getattr(each, f"{key}_id") for each in rows}
        return found

    def _delete(self, *nouns: Any) -> None:
        for noun in nouns:
            made = self.made(noun) if noun in self.rows else set()
            try:
                with history_in_one_go():
                    noun._default_manager.filter(pk__in=made).delete()
            except ProtectedError as error:
                raise ValidationError(
                    "Det som lades till används redan i något nyare. "
                    "Inget har ändrats. Ångra den senaste ändringen först."
                ) from error

    def _restore(self, noun: Any, *, withdrawn: bool | None = None) -> None:
        before = self.before(noun)
        gone = {pk for pk in before if self.rows[noun][pk][-1].history_type == "-"}
        if withdrawn is not False and gone:
            rows = [before[pk].instance for pk in sorted(gone)]
            bulk_create_with_history(rows, noun, batch_size=BATCH)
        if withdrawn is not True:
            changed = {pk: row for pk, row in before.items() if pk not in gone}
            _rewrite(
                noun, changed, values=self._act.verb == Act.Verb.IMPORT and noun is ContactDetail
            )

    def before(self, noun: Any) -> dict[int, Any]:
        """The history row that tells how each changed or withdrawn row was before the act."""
        rows = self.rows.get(noun, {})
        first = {pk: each[0] for pk, each in rows.items() if each[0].history_type != "+"}
        if not first:
            return {}
        key = noun._meta.pk.attname
        found = {pk: row for pk, row in first.items() if row.history_type == "-"}
        earlier = noun.history.filter(**{f"{key}__in": set(first) - set(found)})
        latest = max(row.history_id for row in first.values())
        for row in earlier.filter(history_id__lt=latest).order_by("history_id"):
            pk = getattr(row, key)
            if row.history_id < first[pk].history_id:
                found[pk] = row
        if len(found) < len(first):
            raise ValidationError("Det saknas historik för att ångra. Inget har ändrats.")
        return found


def _rewrite(noun: Any, before: dict[int, Any], *, values: bool) -> None:
    """Give the rows that are there the columns that their history keeps, and contact `values`."""
    if not before:
        return
    names = [field.attname for field in noun.history.model.tracked_fields]
    now = noun._default_manager.in_bulk(list(before))
    shorter, longer, fields = [], [], set()
    for pk, row in now.items():
        was = before[pk].instance
        if not issubclass(noun, Period) or _inside(was, row):
            shorter.append(row)
        else:
            longer.append(row)
        for name in names:
            if getattr(row, name) != getattr(was, name):
                setattr(row, name, getattr(was, name))
                fields.add(noun._meta.get_field(name).name)
        fields |= _keys_again(row)
    if values:
        fields |= _values_back(now.values())
    for rows in (shorter, longer):
        if rows and fields:
            bulk_update_with_history(rows, noun, sorted(fields), batch_size=BATCH)


def _keys_again(row: Any) -> set[str]:
    """Work out what follows from the row's other columns; the names of those that changed."""
    before = {
        each: getattr(row, each.attname) for each in row._meta.fields if isinstance(each, SearchKey)
    }
    return {each.name for each, was in before.items() if each.pre_save(row, add=False) != was}


def _inside(was: Any, row: Any) -> bool:
    """Whether the row had no day before that it does not have now."""
    if not row.in_force(was.valid_from):
        return False
    if was.valid_through is None:
        return row.valid_through is None
    return bool(row.in_force(was.valid_through))


def _values_back(details: Iterable[ContactDetail]) -> set[str]:
    """What stood there before the list; the history keeps no address and no number."""
    changed = set()
    for row in details:
        earlier, _, latest = row.previous.rpartition("\n")
        if latest:
            row.value, row.previous = latest, earlier
            changed = {"value", "previous"}
    return changed
