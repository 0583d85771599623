"""Rows for testing NoOverlap: two of everything that a key can point at."""

import datetime
from typing import Any

from django.apps import apps
from django.db import connection, models

from governance.models import (
    Agreement,
    AgreementVersion,
    Area,
    AreaPart,
    BoundarySet,
    Coverage,
    Function,
    Holding,
    Leave,
    Mandate,
    Organization,
    Person,
    Property,
    Seat,
    SteeringGroup,
)
from governance.no_overlap import NoOverlap
from tests.days import day

FIRST, LAST = "2021-03-01", "2021-03-31"
RULES = [
    (model, constraint)
    for model in apps.get_app_config("governance").get_models()
    for constraint in model._meta.constraints
    if isinstance(constraint, NoOverlap)
]


def rule_named(name: str) -> NoOverlap:
    return next(rule for _, rule in RULES if rule.name == name)


def maybe(text: str | None) -> datetime.date | None:
    return day(text) if text else None


class World:
    """Two of everything that a key can point at, so that a row can be moved to the other."""

    def __init__(self) -> None:
        opened = {"valid_from": day("2000-01-01")}
        self.organizations = [
            Organization.objects.create(name=f"Org {n}", slug=f"org-{n}", kind="namnd", **opened)
            for n in (1, 2)
        ]
        self.areas = [
            Area.objects.create(name=f"Ort {n}", slug=f"ort-{n}", kind="stadsdel", **opened)
            for n in (1, 2)
        ]
        self.wholes = {
            kind: Area.objects.create(name=kind, slug=f"stort-{n}", kind=kind, **opened)
            for n, kind in enumerate(Area.Kind.values)
        }
        self.agreements = [
            Agreement.objects.create(name=f"Avtal {n}", slug=f"avtal-{n}", level="central")
            for n in (1, 2)
        ]
        self.groups = [
            SteeringGroup.objects.create(
                agreement=self.agreements[0],
                name=f"Grupp {n}",
                slug=f"grupp-{n}",
                kind="central",
                **opened,
            )
            for n in (1, 2)
        ]
        self.functions = [
            Function.objects.create(code=f"f-{n}", title=f"Funktion {n}") for n in range(20)
        ]
        self.seats = [
            Seat.objects.create(
                group=self.groups[0],
                organization=self.organizations[0],
                function=self.functions[-n],
                **opened,
            )
            for n in (1, 2)
        ]
        self.people = [Person.objects.create(organization=self.organizations[0]) for _ in (1, 2)]
        self.mandates = [
            Mandate.objects.create(seat=seat, person=self.people[0], kind="deputy", **opened)
            for seat in self.seats
        ]
        self.properties = [Property.objects.create(tract=f"Kvarter {n}", unit="1") for n in (1, 2)]
        self._free = iter(self.functions[:17])
        self._number = iter(range(1, 99))

    def values(self, model: type[models.Model], rule: NoOverlap, other_key: bool) -> dict[str, Any]:
        """What a row under `rule` needs besides its days; `other_key` moves it to another key."""
        at = 1 if other_key else 0
        condition = dict(rule.condition.children) if rule.condition else {}
        if model is AreaPart:
            kind = condition["whole_kind"]
            return {"part": self.areas[at], "whole": self.wholes[kind], "whole_kind": kind}
        if model is AgreementVersion:
            number = next(self._number)
            return {
                "agreement": self.agreements[at],
                "number": number,
                "title": "T",
                "word": "utmaning",
            }
        if model is Coverage:
            return {"group": self.groups[0], "area": self.areas[at]}
        if model is BoundarySet:
            return {"territory": self.areas[at], "source": "Källa", **condition}
        if model is Holding:
            organization = self.organizations[0]
            return {"property": self.properties[at], "organization": organization, **condition}
        if model is Leave:
            return {"mandate": self.mandates[at]}
        if model is Mandate:
            return {"seat": self.seats[at], "person": self.people[0], **condition}
        equal = rule.name == "seat_numbered_where_equal"
        return {
            "group": self.groups[at],
            "organization": self.organizations[0],
            "function": self.functions[0] if equal else next(self._free),
            **condition,
        }


def make(
    world: World, model: Any, rule: NoOverlap, first: str, last: str | None, **more: Any
) -> Any:
    other = more.pop("other_key", False)
    values = {**world.values(model, rule, other), **more}
    return model(valid_from=day(first), valid_through=maybe(last), **values)


def execute(sql: str, *parameters: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
