"""A group's timeline as a drawing: where everything stands in `timelines/chart.html`.

Across, places are percent of the drawing's width, so that it fills the page while its text
keeps the size of other text. Downwards they are pixels. Numbers are written out here, with a
point, whatever the language of the page.
"""

import datetime
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass

from governance.models import Mandate
from governance.queries.timelines import SeatLine, Span, Stretch, Window
from governance.swedish import in_words

BAR, LANE = 20, 24  # a bar, and a bar with the space under it
LINE, PAD, AXIS = 16, 8, 44
YEARS_AGAIN = 12  # the years are written once more after so many seats
LETTERS, SMALL = 22, 28  # how many fit on a line of the column of seats
# The least width, in pixels, by how many years there are; the style sheet has the same.
SIZES = {5: ("s", 544), 12: ("m", 896), 100: ("l", 1440)}
_SHORT: dict[str, str] = {Mandate.Kind.ACTING: "Tf. ", Mandate.Kind.PERSONAL_DEPUTY: "Ers. "}


@dataclass(frozen=True)
class Mark:
    """Something on the drawing: from `x` as wide as `width`, at `y`, with `text` on it.

    `goes_back` and `goes_on` say that it began before the drawing, or lasts after it.
    `title` is all that there is to say of it.
    """

    kind: str
    x: str
    width: str
    y: int = 0
    text: str = ""
    title: str = ""
    goes_back: bool = False
    goes_on: bool = False

    @property
    def end(self) -> str:
        return _percent(float(self.x[:-1]) + float(self.width[:-1]))


@dataclass(frozen=True)
class Row:
    """A seat: its label, line by line, the time it exists, and its bars."""

    y: int
    height: int
    label: list[tuple[str, int, str]]
    life: Mark
    outside: list[Mark]
    bars: list[Mark]
    names: list[Mark]

    @property
    def end(self) -> int:
        return self.y + self.height


@dataclass(frozen=True)
class Drawing:
    size: str
    height: int
    years: list[tuple[str, str]]
    axes: list[int]
    rows: list[Row]
    day: Mark | None

    @property
    def day_anchor(self) -> str:
        """On which side of its line the label of the day has room."""
        at = float(self.day.x[:-1]) if self.day else 0
        return "start" if at < 20 else "end" if at > 80 else "middle"


@dataclass(frozen=True)
class Scale:
    """Turns numbered days into places across the drawing."""

    window: Window

    @property
    def size(self) -> tuple[str, int]:
        return next(size for years, size in SIZES.items() if len(self.window.years) <= years)

    def at(self, number: float) -> float:
        span = self.window.span
        return (number - span.first) / (span.stop - span.first) * 100

    def mark(
        self, kind: str, span: Span, y: int, text: str = "", title: str = "", room: int = 30
    ) -> Mark:
        """The part of the span that is within the window, which has some.

        The text is left out where there are fewer pixels than `room` for it.
        """
        seen = span.within(self.window.span) or span
        x, width = self.at(seen.first), self.at(seen.stop) - self.at(seen.first)
        has_room = width * self.size[1] / 100 >= room
        return Mark(
            kind,
            _percent(x),
            _percent(width),
            y,
            text if has_room else "",
            title,
            goes_back=span.first < seen.first,
            goes_on=span.stop > seen.stop,
        )


def draw(
    lines: list[SeatLine], window: Window, day: datetime.date, today: datetime.date
) -> Drawing:
    """The drawing of the seats in the window, with a line at `day` if it is there."""
    scale = Scale(window)
    rows: list[Row] = []
    axes, y = [AXIS], AXIS
    for place, line in enumerate(lines):
        if place and place % YEARS_AGAIN == 0:
            axes.append(y + LINE + PAD)
            y += LINE + PAD
        rows.append(_row(line, scale, y))
        y = rows[-1].end
    years = [(_percent(scale.at(Span.year(year).first)), str(year)) for year in window.years]
    return Drawing(scale.size[0], y + 1, years, axes, rows, _day(scale, day, today))


def _day(scale: Scale, day: datetime.date, today: datetime.date) -> Mark | None:
    number = day.toordinal()
    if not Span(number, number + 1).within(scale.window.span):
        return None
    text = "I dag" if day == today else in_words(day)
    return Mark("day", _percent(scale.at(number + 0.5)), "0%", text=text)


def _row(line: SeatLine, scale: Scale, y: int) -> Row:
    texts = _label(line)
    lanes = list(_lanes(line))
    deep = 1 + max((lane for lane, _ in lanes), default=0)
    height = PAD + max(LINE * len(texts), LANE * deep) + PAD
    bars: list[Mark] = []
    names: list[Mark] = []
    for lane, stretch in lanes:
        top = y + PAD + LANE * lane
        bars += _bars(stretch, scale, top)
        names += _name(stretch, scale, top)
    return Row(
        y=y,
        height=height,
        label=[
            (text, y + PAD + LINE * place + 12, kind) for place, (text, kind) in enumerate(texts)
        ],
        life=scale.mark("life", line.span, y),
        outside=_outside(line, scale, y + PAD),
        bars=bars,
        names=names,
    )


def _label(line: SeatLine) -> list[tuple[str, str]]:
    seat = line.seat
    title = f"{seat.function.title} {seat.number}" if seat.number != 1 else seat.function.title
    words = textwrap.wrap(title[:1].upper() + title[1:], LETTERS)
    if len(words) > 2:
        words = [words[0], _cut(f"{words[1]} {words[2]}", LETTERS)]
    return [*((text, "seat") for text in words), (_cut(str(seat.organization), SMALL), "whose")]


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1].rstrip()}…"


def _lanes(line: SeatLine) -> Iterator[tuple[int, Stretch]]:
    """Each stretch with its lane: the ordinary holder first, then the acting one, then deputies.

    That nobody stands in for who is on leave is told in the lane of the acting one.
    """
    kinds = Mandate.Kind
    ordinary = [each.span for each in line.stretches if each.kind == kinds.ORDINARY]
    second = False
    for each in line.stretches:
        beside = each.kind == kinds.ACTING or (
            not each.held and any(each.span.within(span) for span in ordinary)
        )
        if each.kind != kinds.PERSONAL_DEPUTY:
            second = second or beside
            yield int(beside), each
    ends: list[int] = []
    for each in line.stretches:
        if each.kind == kinds.PERSONAL_DEPUTY:
            lane = next((at for at, end in enumerate(ends) if end <= each.span.first), len(ends))
            ends[lane : lane + 1] = [each.span.stop]
            yield 1 + second + lane, each


def _bars(stretch: Stretch, scale: Scale, y: int) -> Iterator[Mark]:
    """The bar, and over it those of the leaves."""
    words = said(stretch)
    yield scale.mark(stretch.kind, stretch.span, y, title=f"{words}: {_days(stretch)}")
    for span in _leaves(stretch):
        if span.within(scale.window.span):
            title = f"{words}, tjänstledig: {_days(Stretch(span))}"
            yield scale.mark("leave", span, y, "Tjänstledig", title)


def _name(stretch: Stretch, scale: Scale, y: int) -> Iterator[Mark]:
    """What is written on the bar, where it has the most room beside leaves."""
    days = scale.window.span
    free = [part for part in stretch.span.without(_leaves(stretch)) if part.within(days)]
    if not free:
        return
    widest = max(free, key=lambda part: _length(part.within(days)))
    text = f"{_SHORT.get(stretch.kind, '')}{person(stretch)}"
    mark = scale.mark(stretch.kind, widest, y, text)
    if mark.text:
        yield mark


def _length(span: Span | None) -> int:
    return span.stop - span.first if span else 0


def person(stretch: Stretch) -> str:
    """Who it is, as the reader may see it, or that there is nobody."""
    if stretch.held is None:
        return "Vakant"
    if stretch.held.name is None:
        return "Namnet visas inte"
    return stretch.held.name or "Namn saknas"


def said(stretch: Stretch) -> str:
    """Who it is and as what."""
    kind = f", {stretch.held.mandate.get_kind_display()}" if stretch.held else ""
    return f"{person(stretch)}{kind}"


def _leaves(stretch: Stretch) -> list[Span]:
    return [Span.of(leave) for leave in stretch.held.leaves] if stretch.held else []


def _days(stretch: Stretch) -> str:
    through = stretch.valid_through
    return f"{stretch.valid_from} – {through if through else 'tills vidare'}"


def _outside(line: SeatLine, scale: Scale, y: int) -> list[Mark]:
    """Where the seat does not exist: which day is its first, and which its last."""
    days, life, seat = scale.window.span, line.span, line.seat
    parts = [
        ("before", Span(days.first, life.first), f"Från {seat.valid_from}"),
        ("after", Span(life.stop, days.stop), f"Till {seat.valid_through}"),
    ]
    return [
        scale.mark(kind, span, y, text, room=7 * len(text))
        for kind, span, text in parts
        if span.within(days)
    ]


def _percent(number: float) -> str:
    return f"{number:.3f}%"
