"""Action plans (åtgärdsplaner): made, changed and withdrawn, with the measures they gather."""

import datetime
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from django.core.exceptions import ValidationError

from governance.models import (
    Act,
    ActionPlan,
    Measure,
    SituationPicture,
    SteeringGroup,
    User,
)
from governance.services.acts import Stale, act, lock
from governance.swedish import counted, in_words, listed


@dataclass(frozen=True)
class Content:
    """What a plan says of itself; the decision may be *ej registrerat* and come later."""

    title: str
    valid_from: datetime.date
    valid_through: datetime.date | None = None
    picture: SituationPicture | None = None
    decided_by: str = ""
    decided_on: datetime.date | None = None
    registry_number: str = ""


def make_plan(
    *,
    user: User | None,
    group: SteeringGroup,
    content: Content,
    measures: Iterable[Measure] = (),
    seen: int | None = None,
) -> Act:
    """Make a plan of the group and gather these of its measures in it."""
    with act(user=user, verb=Act.Verb.PLAN, agreement=group.agreement) as done:
        [group] = lock([group], seen)
        plan = ActionPlan(group=group, **_columns(content))
        _save(plan, group)
        number = len(_gather(plan, group, measures))
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name}: åtgärdsplanen ”{plan.title}” läggs till, från och med den "
                f"{in_words(plan.valid_from)}.",
                f"Den samlar {counted(number, 'åtgärd', 'åtgärder')}. {_decision_in_words(plan)}",
            ]
        )
    return done


def change_plan(
    *,
    user: User | None,
    plan: ActionPlan,
    content: Content,
    measures: Iterable[Measure],
    seen: int | None = None,
) -> Act:
    """Change the plan, its decision or which measures it gathers."""
    with act(user=user, verb=Act.Verb.PLAN, agreement=_group_of(plan).agreement) as done:
        plan, group = _locked(plan, seen)
        before = plan.title
        columns = _columns(content)
        changed = [name for name, value in columns.items() if getattr(plan, name) != value]
        for name in changed:
            setattr(plan, name, columns[name])
        _save(plan, group)
        moved = _gather(plan, group, measures)
        if not changed and not moved:
            raise ValidationError("Uppgifterna är redan sådana. Inget har ändrats.")
        labels = [str(ActionPlan._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        labels += ["åtgärderna i den"] if moved else []
        done.groups.add(group)
        done.summary = "\n".join(
            [
                f"{group.name}: åtgärdsplanen ”{before}” ändras: {listed(labels)}.",
                f"Den samlar {counted(plan.measures.count(), 'åtgärd', 'åtgärder')}. "
                f"{_decision_in_words(plan)}",
            ]
        )
    return done


def withdraw_plan(*, user: User | None, plan: ActionPlan, seen: int | None = None) -> Act:
    """Take away a plan that was entered by mistake; its measures stay, without a plan."""
    with act(user=user, verb=Act.Verb.PLAN, agreement=_group_of(plan).agreement) as done:
        plan, group = _locked(plan, seen)
        freed = len(_gather(plan, group, []))
        done.groups.add(group)
        kept = f" {counted(freed, 'åtgärd', 'åtgärder')} finns kvar utan plan." if freed else ""
        done.summary = f"{group.name}: åtgärdsplanen ”{plan.title}” tas bort.{kept}"
        plan.delete()
    return done


def _columns(content: Content) -> dict[str, object]:
    columns = asdict(Content(**{**vars(content), "picture": None}))
    return {**columns, "picture": content.picture}


def _group_of(plan: ActionPlan) -> SteeringGroup:
    """The municipality's own plan is another matter, which these verbs do not know."""
    if plan.group is None:
        raise ValidationError("Planen är kommunens egen och ändras inte i en grupp.")
    return plan.group


def _locked(plan: ActionPlan, seen: int | None) -> tuple[ActionPlan, SteeringGroup]:
    [group] = lock([_group_of(plan)], seen)
    found = ActionPlan.objects.select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if found is None:
        raise Stale("Åtgärdsplanen")
    return found, group


def _save(plan: ActionPlan, group: SteeringGroup) -> None:
    above = {group.agreement_id, group.agreement.parent_id} - {None}
    picture = plan.picture
    if picture and picture.group_id != group.pk and picture.agreement_id not in above:
        sentence = "Lägesbilden hör till en annan grupp. Välj gruppens egen eller kommunens."
        raise ValidationError({"picture": sentence})
    plan.full_clean()
    plan.save()


def _gather(plan: ActionPlan, group: SteeringGroup, measures: Iterable[Measure]) -> list[Measure]:
    """Let the plan have these measures and no others; those that came or went."""
    wanted = {each.pk for each in measures}
    of_group = Measure.objects.select_for_update(of=("self",)).filter(priority__group=group)
    rows = {row.pk: row for row in of_group}
    if not wanted <= set(rows):
        sentence = "En av åtgärderna finns inte i gruppen. Välj på nytt."
        raise ValidationError({"measures": sentence})
    moved = [row for row in rows.values() if (row.pk in wanted) != (row.plan_id == plan.pk)]
    for row in moved:
        row.plan = plan if row.pk in wanted else None
        row.save()
    return moved


def _decision_in_words(plan: ActionPlan) -> str:
    if plan.decided_on is None:
        return "Beslutet är ej registrerat."
    return f"Beslutad den {in_words(plan.decided_on)}."
