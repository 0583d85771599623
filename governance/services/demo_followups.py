"""Follow-ups in the demo: those of two years, of which some are written, all invented.

Some are adopted, so that what is frozen can be read as a report; Farsta's of the second year
is with the members, so that it can be commented on, sent and adopted.
"""

import datetime

from governance.models import Agreement, FollowUp, SteeringGroup, User
from governance.services.comments import comment
from governance.services.demo_reports import GROUPS, add_work_to_report, judgement_of, text_of
from governance.services.followups import adopt, send, show_to_members
from governance.services.rounds import open_year

ADOPTED, SHOWN = 2022, 2023
COMMENT = "Exempel: skriv gärna mer om belysningen vid torget."


def add_followups(agreement: Agreement, commenter: User) -> None:
    """Written with the demo's people in place; `commenter` sits in Farsta."""
    add_work_to_report()
    for year in (ADOPTED, SHOWN):
        due = datetime.date(year + 1, 1, 31)
        open_year(user=None, agreement=agreement, year=year, due=due)
    group = SteeringGroup.objects.get(slug="farsta")
    for year in (ADOPTED, SHOWN):
        _write(FollowUp.objects.get(group=group, year=year))
    _adopt(FollowUp.objects.get(group=group, year=ADOPTED))
    for slug, years, *_rest in GROUPS:
        for year in years:
            followup = FollowUp.objects.get(group__slug=slug, year=year)
            _write(followup)
            _adopt(followup)
    shown = FollowUp.objects.select_related("group__agreement").get(group=group, year=SHOWN)
    show_to_members(user=None, followup=shown)
    comment(user=commenter, followup=shown, text=COMMENT)


def _write(followup: FollowUp) -> None:
    for section in followup.sections.select_related("challenge", "priority"):
        section.text = text_of(section)
        section.judgement = judgement_of(section)
        section.done = True
        section.save()


def _adopt(followup: FollowUp) -> None:
    year = followup.year + 1
    when = datetime.datetime(year, 1, 20, 9, tzinfo=datetime.UTC)
    send(user=None, followup=followup, now=when, registry_number=f"Exempel {year}/17")
    adopt(
        user=None,
        followup=followup,
        today=datetime.date(year, 2, 10),
        adopted_on=datetime.date(year, 2, 9),
        paragraph="§ 4",
        registry_number=f"Exempel {year}/17",
        capacity=FollowUp.Capacity.CHAIR,
    )
