"""How far along the way to a goal a value has come (måluppfyllelse): a figure, and in words.

A leaf beside `swedish`: whose goal it is and what was measured is decided by those who ask.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from governance.swedish import figure

LOWER_BETTER, HIGHER_BETTER = "lower_better", "higher_better"
_WHOLE = Decimal(100)


@dataclass(frozen=True)
class Attainment:
    """`share` is per cent of the way, unrounded, or None when it is undefined.

    Over 100 is beyond the goal, under 0 is worse than where it began. `said` is the
    sentence that stands first wherever the figure is shown, also when there is none.
    """

    share: Decimal | None
    said: str


def attainment(
    *, baseline: Decimal | None, target: Decimal | None, now: Decimal | None, direction: str
) -> Attainment:
    """(now - baseline) / (target - baseline), for an indicator with that `direction`.

    Undefined, with a sentence that says why, when a value is missing, when target and
    baseline are equal, when neither more nor less is better, and when the target is worse
    than the baseline.
    """
    if baseline is None:
        return _undefined("utgångsläget saknas")
    if target is None:
        return _undefined("målvärdet saknas")
    if now is None:
        return _undefined("ett nytt värde saknas")
    if direction not in (LOWER_BETTER, HIGHER_BETTER):
        return _undefined("varken högre eller lägre är bättre")
    if target == baseline:
        return _undefined("mål och utgångsläge är lika")
    if (target < baseline) != (direction == LOWER_BETTER):
        return _undefined("målet är sämre än utgångsläget")
    share = (now - baseline) / (target - baseline) * _WHOLE
    return Attainment(share, _in_words(share))


def _undefined(why: str) -> Attainment:
    return Attainment(None, f"Kan inte räknas: {why}.")


def _in_words(share: Decimal) -> str:
    if share == 0:
        return f"Oförändrat: {percent(share)} av vägen till målet."
    if share < 0:
        return f"Gick åt fel håll: {percent(share)} av vägen till målet."
    reached = " Målet är nått." if share >= _WHOLE else ""
    return f"Gick åt rätt håll: {percent(share)} av vägen till målet.{reached}"


def percent(share: Decimal) -> str:
    """`40 %` in whole per cent, the blank unbreakable.

    Rounding never reaches what was not reached: 99,6 is 99 %, and 0,2 is less than 1 %.
    """
    whole = share.quantize(Decimal(1), ROUND_HALF_UP)
    if whole == 0 and share != 0:
        return f"mindre än {'−' if share < 0 else ''}1\u00a0%"
    if whole == _WHOLE > share:
        whole -= 1
    return f"{figure(whole)}\u00a0%"
