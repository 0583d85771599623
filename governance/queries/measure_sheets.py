"""Measures as a sheet to take away: the rows of the list, with numbers as numbers."""

from collections.abc import Iterable

from governance.models import Measure
from governance.queries.measures import MeasureRow

HEADINGS = [
    "Åtgärd",
    "Styrgrupp",
    "Lokal prioritering",
    "Prioriterad utmaning",
    "Ansvarig organisation",
    "Ansvarig plats i gruppen",
    "Börjar",
    "Klar senast",
    "Hur många",
    "Av vad",
    "Räknat",
    "Läge",
    "Försenad",
    "Gjort hittills",
    "Varför",
    "Platser",
    "Kostnad i kronor",
    "Arbetstimmar",
    "Åtgärdsplan",
    "Beskrivning",
]
DAYS = ["Börjar", "Klar senast"]


def sheet_rows(rows: Iterable[MeasureRow]) -> list[list[object]]:
    """A row for each measure; the measures come with their places."""
    return [_row(row.measure, late=row.late) for row in rows]


def _row(measure: Measure, *, late: bool) -> list[object]:
    challenge = measure.priority.challenge
    return [
        measure.title,
        measure.group.name,
        measure.priority.title,
        challenge.title if challenge else "",
        measure.organization.name,
        measure.seat.function.title if measure.seat else "",
        measure.start,
        measure.due,
        measure.target,
        measure.unit,
        measure.get_per_display() if measure.target is not None else "",
        measure.get_status_display(),
        "ja" if late else "nej",
        measure.progress,
        measure.why,
        ", ".join(sorted(place.name for place in measure.places.all())),
        measure.cost,
        measure.hours,
        measure.plan.title if measure.plan else "",
        measure.description,
    ]
