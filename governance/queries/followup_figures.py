"""The stored figures of a follow-up as they are read: goals and measures, in Swedish."""

import datetime
from dataclasses import dataclass
from typing import Any

from governance.models import Measure, Status
from governance.swedish import in_words, spaced

NO_BREAK = "\u00a0"
HIDDEN = "färre än 5"
_MARKS = {"planned": "starting", "ongoing": "active", "done": "filled", "not_done": "closed"}


def number(text: str) -> str:
    """`1 200`, `12,5`, `−3`: what is stored as 1200, 12.5 and -3."""
    whole, _, decimals = text.removeprefix("-").partition(".")
    sign = "−" if text.startswith("-") else ""
    return f"{sign}{spaced(int(whole))}{',' if decimals else ''}{decimals}"


@dataclass(frozen=True)
class GoalLine:
    """One goal in the follow-up of `year`; `goal` is as `facts_of` gives it."""

    goal: dict[str, Any]
    year: int

    @property
    def baseline(self) -> str:
        if self.goal["baseline_year"] is None:
            return "Saknas"
        return f"{self._with_unit(self.goal['baseline'])} ({self.goal['baseline_year']})"

    @property
    def target(self) -> str:
        return self._with_unit(self.goal["target"])

    @property
    def due(self) -> str:
        return in_words(datetime.date.fromisoformat(self.goal["due"]))

    @property
    def before(self) -> str:
        """The value of the year before, or that there was no measurement."""
        return self._of(self.year - 1) or f"Ingen mätning {self.year - 1}"

    @property
    def now(self) -> str:
        """The value of the year; a year without one repeats no other's as its own."""
        if value := self._of(self.year):
            return value
        if not self.goal["values"]:
            return "Ingen mätning finns för området."
        last = self.goal["values"][-1]
        shown = self._with_unit(last["value"])
        return f"Ingen mätning {self.year}. Senaste värde: {shown} ({last['year']})."

    def _of(self, year: int) -> str:
        for value in self.goal["values"]:
            if value["year"] == year:
                return self._with_unit(value["value"])
        return ""

    def _with_unit(self, value: str | None) -> str:
        if value is None:
            return HIDDEN
        unit = self.goal["unit"]
        return number(value) if unit == "antal" else f"{number(value)}{NO_BREAK}{unit}"


@dataclass(frozen=True)
class MeasureLine:
    """One measure; `measure` is as `facts_of` gives it."""

    measure: dict[str, Any]

    @property
    def status(self) -> Status:
        word = str(Measure.Status(self.measure["status"]).label)
        if self.measure["late"]:
            return Status("lapsed", f"Försenad, {word}")
        return Status(_MARKS[self.measure["status"]], word[:1].upper() + word[1:])

    @property
    def due(self) -> str:
        return in_words(datetime.date.fromisoformat(self.measure["due"]))

    @property
    def progress(self) -> str:
        """`5 av 12 lampor`, `5 lampor`, `minst 8 vandringar per år`, or nothing."""
        done, target = self.measure["progress"], self.measure["target"]
        unit = f" {self.measure['unit']}" if self.measure["unit"] else ""
        whole = self.measure["per"] == Measure.Per.TOTAL
        if done is not None:
            of = f" av {number(target)}" if target is not None and whole else ""
            return f"{number(done)}{of}{unit}"
        if target is None:
            return ""
        return f"Mål: minst {number(target)}{unit} {Measure.Per(self.measure['per']).label}"
