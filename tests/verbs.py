"""What tests of verbs ask of the database: its history, and how much there is of everything."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError

from governance.models import Act, Coverage, Leave, Mandate, Seat, SteeringGroup
from governance.queries.rosters import holder
from governance.services import groups
from tests.days import day


def counts() -> dict[str, int]:
    """The number of rows in every table of the app, history included."""
    models = apps.get_app_config("governance").get_models(include_auto_created=True)
    return {model._meta.db_table: model._base_manager.count() for model in models}


def caused(act: Act) -> list[tuple[str, str]]:
    """(noun, type) of every history row that bears the act, sorted."""
    histories = [
        model
        for model in apps.get_app_config("governance").get_models()
        if hasattr(model, "instance_type")
        and any(f.name == "caused_by" for f in model._meta.fields)
    ]
    return sorted(
        (model.instance_type._meta.model_name, kind)
        for model in histories
        for kind in model.objects.filter(caused_by=act).values_list("history_type", flat=True)
    )


def without_act() -> int:
    """History rows of what verbs write that bear no act."""
    nouns = [SteeringGroup, Coverage, Seat, Mandate, Leave]
    return sum(noun.history.filter(caused_by=None).count() for noun in nouns)


def state(group: SteeringGroup, on) -> str:
    return SteeringGroup.objects.with_state(on).get(pk=group.pk).state(on).code


def covered(group: SteeringGroup, on) -> set[str]:
    return {row.area.name for row in group.coverages.as_of(on).select_related("area")}


def propose(world, user=None, **more):
    fields = {
        "name": "Gruppen vid torget",
        "kind": "local",
        "basis": "place",
        "areas": [world.north],
        "valid_from": day("2024-03-01"),
        **more,
    }
    act = groups.propose(user=user, agreement=world.agreement, **fields)
    return act, act.groups.get()


def refused(call, **arguments) -> dict[str, list[str]]:
    """The sentences of the refusal, by field; nothing has changed."""
    before = counts()
    with pytest.raises(ValidationError) as refusal:
        call(**arguments)
    assert counts() == before
    error = refusal.value
    return error.message_dict if hasattr(error, "error_dict") else {"": error.messages}


def sits(seat, on):
    """The person who holds the seat on the day, or None."""
    found = holder(Mandate.objects.filter(seat=seat), on)
    return found and found.person
