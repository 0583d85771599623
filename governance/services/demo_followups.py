"""Follow-ups in the demo: those of two years, Farsta's written, all invented.

One is adopted, so that what is frozen can be read; one is with the members, so that it can
be commented on, sent and adopted.
"""

import datetime

from governance.models import Agreement, FollowUp, FollowUpSection, SteeringGroup, User
from governance.services.comments import comment
from governance.services.followups import adopt, send, show_to_members
from governance.services.rounds import open_year

ADOPTED, SHOWN = 2022, 2023
TEXT = "Exempel: så här skrev gruppen om {title}. Texten är påhittad."
COMMENT = "Exempel: skriv gärna mer om belysningen vid torget."


def add_followups(agreement: Agreement, commenter: User) -> None:
    """Written with the demo's people in place; `commenter` sits in Farsta."""
    for year in (ADOPTED, SHOWN):
        due = datetime.date(year + 1, 1, 31)
        open_year(user=None, agreement=agreement, year=year, due=due)
    group = SteeringGroup.objects.get(slug="farsta")
    for year in (ADOPTED, SHOWN):
        _write(FollowUp.objects.get(group=group, year=year))
    _adopt(FollowUp.objects.get(group=group, year=ADOPTED))
    shown = FollowUp.objects.select_related("group__agreement").get(group=group, year=SHOWN)
    show_to_members(user=None, followup=shown)
    comment(user=commenter, followup=shown, text=COMMENT)


def _write(followup: FollowUp) -> None:
    for section in followup.sections.select_related("challenge", "priority"):
        section.text = TEXT.format(title=section.title)
        if section.kind == FollowUpSection.Kind.CHALLENGE:
            section.judgement = FollowUpSection.Judgement.PARTLY
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
