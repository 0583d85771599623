"""Taking a name out of everything that was written before its person was protected.

The sweep goes through every text column of every table of the installation, history
and the back office's log included, so that a new table is covered by being there. Three
tables are left as they are: that of names, that of contact details (which the caller
empties of the person's own), and that of accounts. An account's address is a sign-in: it
stays, and is shown to nobody but its holder (`User.shown`).
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from typing import Any
from urllib.parse import unquote_plus

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast

from governance.models import (
    ContactDetail,
    FollowUp,
    ImportRun,
    LookupRun,
    PersonName,
    User,
)
from governance.swedish import SearchKey

REMOVED = "[namn borttaget]"
_OWN_WAY = (PersonName, ContactDetail, User, Session, LookupRun)
_BETWEEN = "[^a-z0-9]{0,8}"  # of the parts of a name
_SPACES = "[^a-z0-9]{0,3}"  # of the digits of a number
_PLAIN = str.maketrans({"ø": "o", "æ": "ae", "đ": "d", "ł": "l"})


class Traces:
    """What gives a person away in a text: the name in either order, and what is only theirs.

    Case, accents and what stands between the parts of the name make no difference, so
    an address made of the name is found too. A name of one word is not looked for: as
    often as not it means something else. `values` are addresses and numbers, `spellings`
    whole names that the person has had or been given by mistake, the family name last.
    """

    def __init__(
        self,
        given_name: str,
        family_name: str,
        values: Iterable[str] = (),
        spellings: Iterable[str] = (),
    ) -> None:
        pairs = [(given_name, family_name), *map(_parted, spellings)]
        self._names = [_Name(*pair) for pair in pairs if all(map(_words, pair))]
        self._values = list(values)
        self.has_full_name = bool(_words(given_name) and _words(family_name))
        orders = [order for name in self._names for order in name.orders()]
        parts = [*orders, *map(_of_value, self._values)]
        self._pattern = re.compile("|".join(parts)) if parts else None

    def without(self, text: str) -> str:
        """The text with REMOVED in the place of each trace; the same text if there is none."""
        if self._pattern is None:
            return text
        plain, places = _plain(text)
        kept, here = [], 0
        for found in self._pattern.finditer(plain):
            kept += [text[here : places[found.start()]], REMOVED]
            here = places[found.end() - 1] + 1
            while here < len(text) and unicodedata.combining(text[here]):
                here += 1
        return "".join([*kept, text[here:]])

    def stand_apart_in(self, text: str) -> bool:
        """Whether a trace, or every word of a name in any order, stands in the text."""
        if self.without(text) != text:
            return True
        words = set(_words(text))
        return any({*name.given[:1], *name.family} <= words for name in self._names)

    def perhaps(self, column: str) -> Q:
        """What narrows rows down to those whose `column` may hold a trace.

        A database folds no more than a to z, so it is asked for the plain letters alone.
        """
        found = Q(pk__in=[])
        for name in self._names:
            by_name = Q(pk__isnull=False)
            for part in name.fragments:
                by_name &= Q(**{f"{column}__icontains": part})
            found |= by_name
        for value in self._values:
            ending = value[-2:] if value.startswith("+") else value
            found |= Q(**{f"{column}__icontains": ending})
        return found


class _Name:
    """One name in plain words, and the letters of it that every database finds."""

    def __init__(self, given_name: str, family_name: str) -> None:
        self.given, self.family = _words(given_name), _words(family_name)
        texts = [given_name.split()[0], family_name]
        self.fragments = [part for part in map(_fragment, texts) if part]

    def orders(self) -> list[str]:
        """The patterns of the name, family name first or last, with all given names or one."""
        orders = [[*given, *self.family] for given in (self.given, self.given[:1])]
        orders += [[*self.family, *given] for given in (self.given, self.given[:1])]
        return [rf"(?<![a-z]){_BETWEEN.join(order)}s?(?![a-z])" for order in orders]


def _parted(spelling: str) -> tuple[str, str]:
    given, _, family = spelling.strip().rpartition(" ")
    return given, family


def _plain(text: str) -> tuple[str, list[int]]:
    """The text in plain small letters, and the place in it that each of them comes from."""
    letters: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in unicodedata.normalize("NFKD", letter.casefold()).translate(_PLAIN):
            if not unicodedata.combining(part):
                letters.append(part)
                places.append(place)
    return "".join(letters), places


def _words(text: str) -> list[str]:
    return re.findall("[a-z0-9]+", _plain(text)[0])


def _of_value(value: str) -> str:
    """The pattern of an address as it stands, or of a number however it is spaced."""
    if not value.startswith("+"):
        return rf"(?<![a-z0-9]){re.escape(_plain(value)[0])}(?![a-z0-9])"
    digits = value.removeprefix("+")
    if not digits.startswith("46"):
        return rf"(?<!\d)(?:\+|00)?{_SPACES.join(digits)}(?!\d)"
    return rf"(?<!\d)(?:(?:\+|00)?46{_SPACES})?0?{_SPACES}{_SPACES.join(digits[2:])}(?!\d)"


def _fragment(text: str) -> str:
    """The longest run of plain letters: what every database finds in any case."""
    return max(re.findall("[a-z]+", text.casefold()), key=len, default="")


# -- the sweep ----------------------------------------------------------------------------


def remove(traces: Traces) -> int:
    """Rewrite every text in which a trace stands; how many rows were rewritten.

    A row that keeps a history is saved, so that its history says by which act; the rows
    of the history itself, and of what keeps none, are rewritten where they lie. What is
    stored as JSON may split a name among its cells, and is emptied whole, but for what is
    frozen in a follow-up; a list that was looked up is deleted.
    """
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model not in _OWN_WAY
    ]
    rewritten = sum(_in_table(model, traces) for model in tables)
    ImportRun.objects.filter(sheet__isnull=True, act=None).update(discarded=True)
    return rewritten + _in_lookups(traces) + _in_sessions(traces)


def _in_lookups(traces: Traces) -> int:
    about = [
        run.pk
        for run in LookupRun.objects.all()
        if traces.stand_apart_in(json.dumps([run.file_name, run.sheet], ensure_ascii=False))
    ]
    return LookupRun.objects.filter(pk__in=about).delete()[0]


def _in_table(model: type[models.Model], traces: Traces) -> int:
    columns = [field for field in model._meta.concrete_fields if _is_text(field)]
    as_text = {f"text_of_{field.name}": Cast(field.name, models.TextField()) for field in columns}
    near = Q(pk__in=[])
    for name in as_text:
        near |= traces.perhaps(name)
    rewritten = 0
    for row in list(model._base_manager.alias(**as_text).filter(near)):
        before = {field.attname: getattr(row, field.attname) for field in columns}
        after = {field.attname: _rewritten(field, row, traces) for field in columns}
        if after != before:
            _write(row, {name: after[name] for name in after if after[name] != before[name]})
            rewritten += 1
    return rewritten


def _is_text(field: Any) -> bool:
    own = isinstance(field, SearchKey) or field.primary_key or field.choices
    return not own and isinstance(field, models.CharField | models.TextField | models.JSONField)


def _rewritten(field: Any, row: models.Model, traces: Traces) -> Any:
    """What the column of the row is to hold."""
    value = getattr(row, field.attname)
    if isinstance(row, FollowUp) and isinstance(field, models.JSONField):
        return _text_by_text(value, traces)
    if isinstance(field, models.JSONField):
        if not traces.stand_apart_in(json.dumps(value, ensure_ascii=False)):
            return value
        return None if field.null else field.get_default()
    text = traces.without(value or "")
    if text == (value or ""):
        return value
    if isinstance(field, models.EmailField):
        return "" if field.blank else f"borttaget-{row.pk}@example.invalid"
    if isinstance(field, models.SlugField):
        return f"borttaget-{row.pk}"
    return text[: field.max_length]


def _text_by_text(value: Any, traces: Traces) -> Any:
    """A snapshot holds whole texts, so each is rewritten and the rest stays as it was frozen."""
    if isinstance(value, str):
        return traces.without(value)
    if isinstance(value, list):
        return [_text_by_text(each, traces) for each in value]
    if isinstance(value, dict):
        return {key: _text_by_text(each, traces) for key, each in value.items()}
    return value


def _write(row: models.Model, changed: dict[str, Any]) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    if hasattr(row._meta, "simple_history_manager_attribute"):
        row.save()
        return
    for field in row._meta.concrete_fields:
        if isinstance(field, SearchKey) and set(field.sources) & set(changed):
            changed[field.attname] = field.pre_save(row, add=False)
    type(row)._base_manager.filter(pk=row.pk).update(**changed)


def _in_sessions(traces: Traces) -> int:
    """Take kept text and whatever else holds a trace out of every session, which goes on."""
    rewritten = 0
    for session in Session.objects.all():
        kept = session.get_decoded()
        about = [key for key, value in kept.items() if _stand_in_session(value, traces)]
        if about:
            left = {key: value for key, value in kept.items() if key not in about}
            session.session_data = Session.objects.encode(left)
            session.save(update_fields=["session_data"])
            rewritten += 1
    return rewritten


def _stand_in_session(value: object, traces: Traces) -> bool:
    return traces.stand_apart_in(unquote_plus(json.dumps(value, ensure_ascii=False)))
