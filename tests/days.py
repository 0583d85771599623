"""Days in tests, as they are written in the sources: `day("2021-03-01")`."""

import datetime


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)
