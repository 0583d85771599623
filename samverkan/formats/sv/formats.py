"""Dates are typed as 2019-08-27; Django's own Swedish list also takes American ones."""

DATE_INPUT_FORMATS = ["%Y-%m-%d"]
