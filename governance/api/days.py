"""Which day a question is about."""

import datetime

from governance.temporal import today


def day_of(text: str | None) -> datetime.date:
    """The day asked for, which the schema has let through, or today."""
    return datetime.date.fromisoformat(text) if text else today()
