"""What was done: one Act (händelse) per verb, and the history rows it caused."""

import contextlib
import datetime
import functools
from collections.abc import Iterator
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

# The act that is being carried out in this thread of control, if any.
_under_way: ContextVar["Act | None"] = ContextVar("act_under_way", default=None)


class Act(models.Model):
    """One verb carried out by somebody: who, when, what and why.

    Its id stands on every history row that it caused. `summary` says in Swedish what
    it did, in words that everybody who may read the group may read: names of persons
    never stand in it. `note` is free text, shown to those who may edit. An act with an
    `organization` and no agreement is the organisation's own business (its stock).
    """

    class Verb(models.TextChoices):
        LOAD = "load", "läste in strukturen"
        PROPOSE = "propose", "föreslog gruppen"
        ACTIVATE = "activate", "gjorde gruppen aktiv"
        COVER = "cover", "ändrade täckningen"
        REST = "rest", "lät gruppen vila"
        RESUME = "resume", "återupptog gruppen"
        MERGE = "merge", "slog ihop grupper"
        DISSOLVE = "dissolve", "upplöste gruppen"
        DESCRIBE = "describe", "ändrade gruppens uppgifter"
        REGISTER = "register", "registrerade beslutet"
        APPOINT = "appoint", "utsåg ledamot"
        REPLACE = "replace", "bytte ledamot"
        EXTEND = "extend", "förlängde uppdrag"
        END = "end", "avslutade uppdrag"
        STAND_IN = "stand_in", "utsåg ersättare eller tillförordnad"
        LEAVE = "leave", "ändrade tjänstledighet"
        CORRECT = "correct", "rättade fel uppgift"
        UNDO = "undo", "ångrade"
        SEAT = "seat", "ändrade platser i gruppen"
        SUCCEED = "succeed", "lät organisation efterträdas"
        WANT = "want", "ändrade önskade funktioner"
        ASK = "ask", "bad om bekräftelse"
        CONFIRM = "confirm", "bekräftade uppgifter"
        IMPORT = "import", "läste in en lista"
        MEET = "meet", "ändrade möten"
        CONTACT = "contact", "ändrade uppgifter om en person"
        PROTECT = "protect", "ändrade skyddet av en person"
        ROUTE = "route", "ändrade kontaktvägar"
        STOCK = "stock", "ändrade bestånd"
        BOUNDS = "bounds", "ändrade gränser"
        REQUEST = "request", "bad om en plats i gruppen"
        SETTLE = "settle", "svarade på en begäran om plats"
        TOKEN = "token", "ändrade nycklar till API"
        PRIORITIZE = "prioritize", "ändrade lokala prioriteringar"
        AIM = "aim", "ändrade mål"
        MEASURE = "measure", "ändrade åtgärder"
        PLAN = "plan", "ändrade åtgärdsplaner"
        PICTURE = "picture", "ändrade lägesbilder"
        INDICATE = "indicate", "ändrade indikatorer och utfall"
        OPEN_ROUND = "open_round", "öppnade uppföljningar"
        FOLLOW = "follow", "skrev i uppföljningen"
        COMMENT = "comment", "kommenterade uppföljningen"
        SHOW = "show", "visade uppföljningen för styrgruppen"
        SEND = "send", "skickade uppföljningen för fastställande"
        HAND_BACK = "hand_back", "lämnade tillbaka uppföljningen"
        ADOPT = "adopt", "registrerade att uppföljningen är fastställd"
        REVISE = "revise", "öppnade en rättelse av uppföljningen"
        INVITE = "invite", "bjöd in till ett konto"
        LINK = "link", "knöt konto till person"
        CLOSE = "close", "stängde ett konto"
        REOPEN = "reopen", "öppnade ett konto igen"
        GRANT = "grant", "gav en behörighet"
        REVOKE = "revoke", "tog bort en behörighet"
        ADMIN = "admin", "rättade i förvaltningen"

    class Reason(models.TextChoices):
        NEW = "new", "ny grupp eller nytt uppdrag"
        REORGANIZED = "reorganized", "ändrad organisation"
        DECISION = "decision", "beslut av styrgrupp eller nämnd"
        CORRECTION = "correction", "rättning av fel uppgift"
        OTHER = "other", "annat"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="konto",
    )
    at = models.DateTimeField("tidpunkt", auto_now_add=True, db_index=True)
    verb = models.CharField("verb", max_length=12, choices=Verb)
    reason = models.CharField("skäl", max_length=12, choices=Reason, blank=True)
    note = models.TextField("anteckning", blank=True)
    summary = models.TextField("vad som gjordes", blank=True)
    undoes = models.OneToOneField(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
        verbose_name="ångrar",
    )
    agreement = models.ForeignKey(
        "Agreement",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="överenskommelse",
    )
    organization = models.ForeignKey(
        "Organization",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="acts",
        verbose_name="organisation",
    )
    groups = models.ManyToManyField(
        "SteeringGroup", blank=True, related_name="acts", verbose_name="styrgrupper"
    )

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelser"
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Händelse {self.pk}: {self.get_verb_display()}"


def act_under_way() -> int | None:
    """The id of the act now being carried out; a history row takes it as its own."""
    act = _under_way.get()
    return act.pk if act else None


@contextlib.contextmanager
def carrying_out(act: Act) -> Iterator[Act]:
    """Every history row written inside, by this thread, belongs to `act`."""
    before = _under_way.set(act)
    try:
        yield act
    finally:
        _under_way.reset(before)


class HistoryRow(models.Model):
    """What each history row carries besides the row itself: the act that caused it.

    Not called `act`: a noun's own column of that name (GroupDecision) would take its place.
    """

    caused_by = models.ForeignKey(
        Act,
        models.PROTECT,
        null=True,
        default=act_under_way,
        related_name="+",
        verbose_name="händelse",
    )

    class Meta:
        abstract = True


def _actor(instance: models.Model, **context: Any) -> Any:
    act = _under_way.get()
    return act.user if act else None


# History rows that wait to be written in one go, when somebody writes many at once.
_waiting: ContextVar[list[models.Model] | None] = ContextVar("history_waiting", default=None)


@contextlib.contextmanager
def history_in_one_go() -> Iterator[None]:
    """History of rows deleted inside, by this thread, is written at the end, many at a time.

    For thousands of rows of nouns without many-to-many history; inside a transaction.
    """
    waiting: list[models.Model] = []
    before = _waiting.set(waiting)
    try:
        yield
    finally:
        _waiting.reset(before)
    by_table: dict[type[models.Model], list[models.Model]] = {}
    for row in waiting:
        by_table.setdefault(type(row), []).append(row)
    for table, rows in by_table.items():
        table._default_manager.bulk_create(rows, batch_size=500)


@functools.cache
def _history_of(noun: type[models.Model]) -> type[models.Model]:
    """The model of the noun's history; asked once, for the library makes a class each time."""
    manager = getattr(noun, noun._meta.simple_history_manager_attribute)  # type: ignore[attr-defined]
    found: type[models.Model] = manager.model
    return found


class ActHistory(HistoricalRecords):
    """History that stays silent when nothing that it keeps was saved."""

    def post_delete(self, instance: models.Model, using: str | None = None, **kwargs: Any) -> None:
        waiting = _waiting.get()
        if waiting is None:
            super().post_delete(instance, using=using, **kwargs)
            return
        tracked_fields = self.fields_included(instance)
        kept = {each.attname: getattr(instance, each.attname) for each in tracked_fields}
        waiting.append(
            _history_of(type(instance))(
                history_date=datetime.datetime.now(datetime.UTC),
                history_type="-",
                history_user=self.get_history_user(instance),
                **kept,
            )
        )

    def post_save(
        self, instance: models.Model, created: bool, using: str | None = None, **kwargs: Any
    ) -> None:
        saved = kwargs.get("update_fields")
        if saved is None or not set(saved) <= set(self.excluded_fields):
            super().post_save(instance, created, using=using, **kwargs)


def tracked(*, without: tuple[str, ...] = (), joins: tuple[str, ...] = ()) -> HistoricalRecords:
    """The history of a noun, with its many-to-many `joins`.

    `without` names columns that must not be kept twice.
    """
    return ActHistory(
        bases=[HistoryRow],
        excluded_fields=[*without],
        get_user=_actor,
        m2m_fields=[*joins],
    )
