"""Acts on values of indicators: one added, corrected or withdrawn.

The acts belong to the agreement for which the user enters values. A count that is too small
to be shown stands in no summary either.
"""

import datetime
from decimal import Decimal

from django.core.exceptions import ValidationError

from governance.models import Act, Agreement, Area, Indicator, IndicatorValue, User
from governance.models.indicators import COUNT
from governance.queries.indicators import shown, where
from governance.services.acts import Stale, act

_MOST = Decimal(10) ** 12


def wrong_number(indicator: Indicator, number: Decimal) -> str:
    """What is wrong with the number as a value of the indicator, or nothing."""
    if abs(number) >= _MOST:
        return "Talet är för stort. Skriv högst tolv siffror före decimalkommat."
    if number != round(number, 2):
        return "Talet har fler än två decimaler. Avrunda till högst två."
    if indicator.unit == COUNT and (number < 0 or number != int(number)):
        return "Ett antal är ett heltal som inte är under noll."
    if indicator.unit == "%" and not 0 <= number <= 100:
        return "En andel i procent är från 0 till 100."
    return ""


def add_value(
    *,
    user: User | None,
    agreement: Agreement,
    indicator: Indicator,
    area: Area,
    year: int,
    number: Decimal,
    measured_on: datetime.date | None = None,
    source: str = "",
) -> Act:
    """Enter what the indicator was in the area that year; refused where a value is there."""
    with act(user=user, verb=Act.Verb.INDICATE, agreement=agreement) as done:
        row = IndicatorValue(indicator=indicator, area=area)
        _write(row, year=year, number=number, measured_on=measured_on, source=source)
        done.summary = f"{about(row)}: {shown(indicator, number)}, nytt värde."
    return done


def correct_value(
    *,
    user: User | None,
    agreement: Agreement,
    row: IndicatorValue,
    year: int,
    number: Decimal,
    measured_on: datetime.date | None,
    source: str,
    seen: int | None = None,
) -> Act:
    """Say what is right instead. Its mark goes: the source of what is typed here is the act.

    `seen` is what `last_written` said when the reader opened the page.
    """
    with act(user=user, verb=Act.Verb.INDICATE, agreement=agreement) as done:
        row = _locked(row, seen)
        was, before = about(row), shown(row.indicator, row.value)
        new = (year, number, measured_on, source)
        if new == (row.year, row.value, row.measured_on, row.source):
            raise ValidationError("Inga ändringar. Uppgifterna är redan så.")
        if (year, number) != (row.year, row.value):
            row.source_mark = ""
        _write(row, year=year, number=number, measured_on=measured_on, source=source)
        now = shown(row.indicator, number)
        text = f"{now} i stället för {before}" if now != before else f"{now}, rättade uppgifter"
        moved = f", och gäller {year}" if about(row) != was else ""
        done.summary = f"{was}: {text}{moved}."
    return done


def withdraw_value(
    *, user: User | None, agreement: Agreement, row: IndicatorValue, seen: int | None = None
) -> Act:
    """Take away a value that should never have been there; that year then has no measurement."""
    with act(user=user, verb=Act.Verb.INDICATE, agreement=agreement) as done:
        row = _locked(row, seen)
        done.summary = f"{about(row)}: värdet {shown(row.indicator, row.value)} är borttaget."
        row.delete()
    return done


def about(row: IndicatorValue) -> str:
    """Which measurement it is: `Anmälda brott i Farsta (stadsdelsområde) 2021`."""
    return f"{row.indicator.name} i {where(row.area)} {row.year}"


def last_written(row: IndicatorValue) -> int:
    """The id of the latest history of the value: what a reader has seen."""
    return int(row.history.latest("history_id").history_id)


def _locked(row: IndicatorValue, seen: int | None) -> IndicatorValue:
    rows = IndicatorValue.objects.select_for_update(of=("self",))
    now = rows.select_related("indicator", "area").filter(pk=row.pk).first()
    if now is None or (seen is not None and last_written(now) != seen):
        raise Stale("Värdet")
    return now


def _write(
    row: IndicatorValue,
    *,
    year: int,
    number: Decimal,
    measured_on: datetime.date | None,
    source: str,
) -> None:
    if said := wrong_number(row.indicator, number):
        raise ValidationError({"number": said})
    row.year, row.value, row.measured_on, row.source = year, number, measured_on, source
    row.full_clean()
    row.save()
