"""Requests for seats in the demo: one that waits for an answer, and one that was declined."""

import datetime

from governance.models import Function, Organization, SeatRequest, SteeringGroup

COMPANY = "stockholmshem"
AGO = datetime.timedelta(days=9)


def add_seat_requests(day: datetime.date) -> None:
    """Written inside somebody's act."""
    company = Organization.objects.get(slug=COMPANY)
    texts = [
        ("farsta", "omradeschef", "asked", "Exempel: vi har många hus kring Farsta torg.", ""),
        (
            "sodermalm",
            "sakerhetschef",
            "declined",
            "Exempel: vi vill bidra med vår erfarenhet av trygghetsvandringar.",
            "Exempel: gruppen har redan platser för bostadsbolagen. Fråga igen efter nyår.",
        ),
    ]
    for group, function, outcome, why, answer in texts:
        SeatRequest.objects.create(
            group=SteeringGroup.objects.get(slug=group),
            organization=company,
            function=Function.objects.get(code=function),
            day=day - AGO,
            why=why,
            outcome=outcome,
            answer=answer,
        )
