"""The figures of a follow-up, as they were on a day."""

import datetime
from typing import Any

from governance.models import FollowUp, Measure, Meeting


def facts_of(followup: FollowUp, day: datetime.date) -> dict[str, Any]:
    """Meetings held and measures of the year; numbers and text only, no name of a person."""
    held = Meeting.objects.filter(group=followup.group_id, state=Meeting.State.HELD)
    rows = Measure.objects.filter(priority__group=followup.group_id).order_by("pk")
    return {
        "meetings_held": held.through(day).count(),
        "measures": [
            {"id": row.pk, "title": row.title, "status": row.get_status_display()} for row in rows
        ],
    }
