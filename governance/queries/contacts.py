"""How those who sit in a group are reached on a day: the list to print, the addresses to copy."""

from collections.abc import Iterable
from dataclasses import dataclass

from governance.models import ContactDetail, Person
from governance.permissions import contacts
from governance.queries.rosters import Holder, Roster, SeatRow


@dataclass(frozen=True)
class Contact:
    """One line of the list: who sits on a seat, or stands in for who does, or that nobody does.

    `email` and `phone` are service details that may be shown; empty when there are none.
    """

    row: SeatRow
    holder: Holder | None
    email: str = ""
    phone: str = ""

    @property
    def role(self) -> str:
        """As what: the role of the seat, or as a personal deputy."""
        mandate = self.holder.mandate if self.holder else None
        if mandate and mandate.kind == mandate.Kind.PERSONAL_DEPUTY:
            return mandate.get_kind_display()
        return self.row.seat.get_role_display()

    @property
    def addresses(self) -> tuple[str, ...]:
        """The person's address and the seat's; the organisation's when there is neither."""
        own = tuple(each for each in (self.email, self.row.seat.mailbox) if each)
        return own or (self.row.mailbox,) * bool(self.row.mailbox)


def contact_rows(roster: Roster) -> list[Contact]:
    """The lines of a roster's list, seat by seat, with deputies after the holder: one query.

    Who is on leave is not on it, since mail would not be read.
    """
    listed = [(row, each) for row in roster.rows for each in (row.holder, *row.deputies)]
    known = contacts(each.mandate.person for _, each in listed if each)
    return [
        Contact(row, each, *_ways(known, each.mandate.person if each else None))
        for row, each in listed
    ]


def addresses(rows: Iterable[Contact]) -> list[str]:
    """Every address of the rows once, in their order, as they are pasted in a mail program."""
    found: dict[str, str] = {}
    for row in rows:
        for address in row.addresses:
            found.setdefault(address.casefold(), address)
    return list(found.values())


def _ways(known: dict[int, list[ContactDetail]], person: Person | None) -> tuple[str, str]:
    """The first address and the first number of the person, the main one before others."""
    details = known.get(person.pk, []) if person else []
    emails = [each.value for each in details if each.kind == ContactDetail.Kind.EMAIL]
    numbers = [each.value for each in details if each.kind != ContactDetail.Kind.EMAIL]
    return next(iter(emails), ""), next(iter(numbers), "")
