"""The form of a list to look up."""

import datetime
from typing import Any

from governance.forms.days import DayField
from governance.forms.properties import StockUploadForm


class LookupUploadForm(StockUploadForm):
    """A file or pasted cells, and the day that the answers are for."""

    day = DayField(label="Svar för dagen")

    def __init__(self, *args: Any, today: datetime.date, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": today}, **kwargs)
