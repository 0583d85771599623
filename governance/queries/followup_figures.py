"""The stored figures of a follow-up as they are read: goals and measures, in Swedish."""

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from governance.attainment import Attainment, attainment
from governance.models import Measure, Status
from governance.queries.indicators import TOO_SMALL
from governance.swedish import figure, in_words, measured

_MARKS = {"planned": "starting", "ongoing": "active", "done": "filled", "not_done": "closed"}


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

    @property
    def how_far(self) -> str:
        """How far it has come in words, by the latest value after the baseline."""
        return self.reached(self.since[-1] if self.since else None).said

    @property
    def since(self) -> list[dict[str, Any]]:
        """The values after the baseline, the first year first."""
        began = self.goal["baseline_year"] or 0
        return [each for each in self.goal["values"] if each["year"] > began]

    def reached(self, value: dict[str, Any] | None) -> Attainment:
        """How far along the way one of the values is; None when there is none to go by."""
        hidden = self.goal["baseline_year"] and self.goal["baseline"] is None
        if hidden or (value and value["hidden"]):
            return Attainment(None, "Visas inte: antalet är under 5.")
        return attainment(
            baseline=_decimal(self.goal["baseline"]),
            target=_decimal(self.goal["target"]),
            now=_decimal(value["value"]) if value else None,
            direction=self.goal["direction"],
        )

    def _with_unit(self, value: str | None) -> str:
        return TOO_SMALL if value is None else measured(Decimal(value), self.goal["unit"])


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


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
            of = f" av {figure(Decimal(target))}" if target is not None and whole else ""
            return f"{figure(Decimal(done))}{of}{unit}"
        if target is None:
            return ""
        per = Measure.Per(self.measure["per"]).label
        return f"Mål: minst {figure(Decimal(target))}{unit} {per}"
