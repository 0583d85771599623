"""The nouns, in the order in which they build on each other."""

from governance.models.acts import Act, carrying_out, history_in_one_go
from governance.models.accounts import User
from governance.models.organizations import Organization
from governance.models.people import ContactDetail, Person, PersonName
from governance.models.areas import Area, AreaMap, AreaPart
from governance.models.agreements import Agreement, AgreementVersion, Challenge
from governance.models.groups import (
    Coverage,
    CoverageMap,
    GroupDecision,
    Status,
    SteeringGroup,
)
from governance.models.seats import Function, Level, Seat, WantedFunction
from governance.models.meetings import Meeting
from governance.models.mandates import Confirmation, Leave, Mandate
from governance.models.inquiries import Answer, Inquiry
from governance.models.reminders import Reminder
from governance.models.imports import ImportRun
from governance.models.grants import (
    AgreementGroupGrant,
    AgreementUserGrant,
    OrganizationGroupGrant,
    OrganizationUserGrant,
    SteeringGroupGroupGrant,
    SteeringGroupUserGrant,
)

__all__ = [
    "Act",
    "Agreement",
    "AgreementGroupGrant",
    "AgreementUserGrant",
    "AgreementVersion",
    "Answer",
    "Area",
    "AreaMap",
    "AreaPart",
    "Challenge",
    "Confirmation",
    "ContactDetail",
    "Coverage",
    "CoverageMap",
    "Function",
    "GroupDecision",
    "ImportRun",
    "Inquiry",
    "Leave",
    "Level",
    "Mandate",
    "Meeting",
    "Organization",
    "OrganizationGroupGrant",
    "OrganizationUserGrant",
    "Person",
    "PersonName",
    "Reminder",
    "Seat",
    "Status",
    "SteeringGroup",
    "SteeringGroupGroupGrant",
    "SteeringGroupUserGrant",
    "User",
    "WantedFunction",
    "carrying_out",
    "history_in_one_go",
]
