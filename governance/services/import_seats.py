"""Which seat each row is about: by number, by who sits there, a vacant one, or a new one."""

from collections import defaultdict
from collections.abc import Iterable

from governance.models import Mandate, Seat
from governance.queries.imports import Ground, Known
from governance.services.import_cells import Cells
from governance.services.import_words import Spot
from governance.swedish import in_words, listed
from governance.temporal import Period

_ONE_EACH = {Seat.Role.CHAIR: "ordförande", Seat.Role.SECRETARY: "sekreterare"}
Triple = tuple[int, int, int]


def meet(one: Period, other: Period) -> bool:
    """Whether the two have a day in common."""
    return one.in_force(other.valid_from) or other.in_force(one.valid_from)


class Seats:
    """Gives every row its seat; `add` lets it make those that are missing."""

    def __init__(self, ground: Ground, cells: Cells, *, add: bool) -> None:
        self.ground, self.cells, self.add = ground, cells, add
        self.new: list[Seat] = []
        self._of: dict[Triple, list[Seat]] = defaultdict(list)
        self._of_group: dict[int, list[Seat]] = defaultdict(list)
        for seat in ground.seats.values():
            self._of[_triple(seat)].append(seat)
            self._of_group[seat.group_id].append(seat)
        for seats in self._of.values():
            seats.sort(key=lambda seat: (seat.number, seat.valid_from))
        self._taken: dict[int, list[Spot]] = defaultdict(list)

    def assign(self, spots: Iterable[Spot]) -> None:
        """Those who sit on one of the seats keep it; then the others, in the order of the list."""
        spots = list(spots)
        for spot in spots:
            if spot.seat is not None:
                self._take(spot, spot.seat)
        waiting = [spot for spot in spots if spot.seat is None]
        later = [spot for spot in waiting if not self._keep(spot)]
        for spot in later:
            if seat := self._find(spot):
                self._take(spot, seat)

    def _take(self, spot: Spot, seat: Seat) -> None:
        spot.seat = seat
        self._taken[id(seat)].append(spot)

    def _keep(self, spot: Spot) -> bool:
        if not isinstance(spot.who, Known):
            return False
        for seat in self._candidates(spot):
            for mandate in self.ground.sitting.get(seat.pk or 0, ()):
                same = mandate.person_id == spot.who.person.pk and mandate.kind == spot.kind
                if same and meet(mandate, spot.period):
                    self._take(spot, seat)
                    return True
        return False

    def _candidates(self, spot: Spot) -> list[Seat]:
        """The equal seats that the row can mean, in force on its first day."""
        triple = (spot.group.pk, spot.organization.pk, spot.function.pk)
        number = spot.entry.seat_number
        return [
            seat
            for seat in self._of[triple]
            if seat.in_force(spot.first_day) and number in (None, seat.number)
        ]

    def _find(self, spot: Spot) -> Seat | None:
        found = self._candidates(spot)
        if spot.kind != Mandate.Kind.ORDINARY:
            return found[0] if len(found) == 1 else self._which(spot, found)
        if spot.entry.seat_number is not None and found:
            return found[0]
        free = [seat for seat in found if self._is_free(seat, spot)]
        vacant = [seat for seat in free if not self._held(seat, spot)]
        if vacant:
            return vacant[0]
        if len(found) == 1 and free:
            return found[0]  # its holder is replaced
        if found and free:
            return self._which(spot, found)
        return self._missing(spot, found)

    def _is_free(self, seat: Seat, spot: Spot) -> bool:
        """Whether no other row of the list has the seat on any of the same days."""
        rivals = self._taken[id(seat)]
        return not any(
            other.kind == spot.kind and meet(other.period, spot.period) for other in rivals
        )

    def _held(self, seat: Seat, spot: Spot) -> bool:
        return any(
            mandate.kind == Mandate.Kind.ORDINARY and meet(mandate, spot.period)
            for mandate in self.ground.sitting.get(seat.pk or 0, ())
        )

    def _which(self, spot: Spot, found: list[Seat]) -> Seat | None:
        if not found:
            return self._missing(spot, found)
        numbers = listed(str(seat.number) for seat in found)
        said = f"Gruppen har flera lika platser. Skriv numret: {numbers}."
        self.cells.fault(spot.entry, said, "number", "function", "title")
        return None

    def _missing(self, spot: Spot, found: list[Seat]) -> Seat | None:
        """A new seat where that is allowed; else a sentence about what there is."""
        columns = ("function", "title", "organization")
        number = spot.entry.seat_number
        triple = (spot.group.pk, spot.organization.pk, spot.function.pk)
        other_days = [seat for seat in self._of[triple] if number in (None, seat.number)]
        over = len(other_days) == 1 and other_days[0].has_ended(spot.first_day)
        if not found and len(other_days) == 1 and not (over and self.add):
            self.cells.fault(spot.entry, _outside(other_days[0], spot), "valid_from", *columns)
            return None
        if not self.add or spot.kind != Mandate.Kind.ORDINARY:
            self.cells.fault(spot.entry, self._none(spot, found), *columns)
            return None
        return self._make(spot)

    def _none(self, spot: Spot, found: list[Seat]) -> str:
        about = f"{spot.function}, {spot.organization}"
        if found:
            taken = sorted(
                {other.entry.number for seat in found for other in self._taken[id(seat)]}
            )
            rows = f"Rad {listed(map(str, taken))} har redan platsen. " if taken else ""
            return (
                f"{rows}Gruppen har inte fler platser för {about}. Ta bort en rad, eller välj att "
                "lägga till platser som saknas."
            )
        own = {
            seat.function.title
            for seat in self._of_group[spot.group.pk]
            if seat.organization_id == spot.organization.pk
        }
        has = f" Organisationen har plats för {listed(sorted(own)[:6])}." if own else ""
        return (
            f"Gruppen har ingen plats för {about}.{has} Rätta raden, eller välj att lägga till "
            "platser som saknas."
        )

    def _make(self, spot: Spot) -> Seat | None:
        """A seat from the row's first day; it lasts as long as the group does."""
        group, day = spot.group, spot.first_day
        if not group.in_force(day):
            self.cells.fault(spot.entry, _outside(group, spot, "Gruppen"), "valid_from", "group")
            return None
        if not spot.organization.in_force(day):
            said = f"{spot.organization} finns inte den {in_words(day)}."
            self.cells.fault(spot.entry, said, "organization")
            return None
        triple = (group.pk, spot.organization.pk, spot.function.pk)
        seat = Seat(
            group=group,
            organization=spot.organization,
            function=spot.function,
            number=spot.entry.seat_number or 1,
            role=spot.entry.choices.get("role", Seat.Role.MEMBER),
            valid_from=day,
            valid_through=group.valid_through,
        )
        taken = {each.number for each in self._of[triple] if meet(each, seat)}
        while seat.number in taken:
            seat.number += 1
        if self._second_of_its_role(seat, spot):
            return None
        self._of[triple].append(seat)
        self._of_group[group.pk].append(seat)
        self.new.append(seat)
        return seat

    def _second_of_its_role(self, seat: Seat, spot: Spot) -> bool:
        label = _ONE_EACH.get(Seat.Role(seat.role))
        rivals = [
            each
            for each in self._of_group[seat.group_id]
            if label
            and each.role == seat.role
            and each.organization_id == seat.organization_id
            and meet(each, seat)
        ]
        if rivals:
            said = f"Organisationen har redan en plats som {label} i gruppen."
            self.cells.fault(spot.entry, said, "role", "function", "title")
        return bool(rivals)


def _outside(whole: Period, spot: Spot, what: str = "Platsen i gruppen") -> str:
    if whole.is_upcoming(spot.first_day):
        return f"{what} börjar den {in_words(whole.valid_from)}. Skriv en senare första dag."
    over = in_words(whole.valid_through) if whole.valid_through else ""
    return f"{what} slutade den {over}. Skriv en tidigare första dag."


def _triple(seat: Seat) -> Triple:
    return seat.group_id, seat.organization_id, seat.function_id
