"""The back office (förvaltningen): every noun, for operators only. One file for each noun."""

from governance.admin import (  # noqa: F401
    accounts,
    acts,
    agreements,
    areas,
    contacts,
    grants,
    groups,
    imports,
    inquiries,
    mandates,
    meetings,
    organizations,
    people,
    properties,
    reminders,
    seats,
)
