"""Promises about the code base as a whole, kept by reading it."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import CharField, Field, TextField

ROOT = Path(__file__).parent.parent
CODE = [path for path in sorted(ROOT.glob("governance/**/*.py")) if "migrations" not in path.parts]
TESTS = sorted(ROOT.glob("tests/**/*.py"))
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
STATIC = sorted(path for path in ROOT.glob("static/*") if path.suffix in {".css", ".js"})

# Each layer may use those before it and none after it; those on one line, each other.
LAYERS = [
    {"temporal", "no_overlap", "months", "swedish", "sheets", "geo"}
    | {"municipalities", "designations", "addresses", "attainment"},
    {"models"},
    {"rights"},
    {"permissions"},
    {"queries"},
    {"services"},
    {"documents", "resources", "forms"},
    {"views", "api", "admin", "templatetags", "management"},
    {"urls"},
]
# An exception to a budget is a line here, with its reason.
LONG_FILES: dict[str, str] = {}
LONG_FUNCTIONS: dict[str, str] = {}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def layer_of(path: Path) -> int:
    name = path.relative_to(ROOT / "governance").with_suffix("").parts[0]
    return next((at for at, names in enumerate(LAYERS) if name in names), len(LAYERS))


def layers_used(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("governance."):
            yield str(node.module).split(".")[1]


@pytest.mark.parametrize("path", CODE, ids=named)
def test_imports_lean_one_way(path: Path) -> None:
    allowed = set().union(*LAYERS[: layer_of(path) + 1])
    assert [used for used in layers_used(path) if used not in allowed] == []


@pytest.mark.parametrize("path", CODE, ids=named)
def test_only_temporal_compares_days(path: Path) -> None:
    if path.name != "temporal.py":
        found = re.findall(r"valid_from__|valid_through__|first_day__|\bday__", path.read_text())
        assert found == []


@pytest.mark.parametrize("path", CODE, ids=named)
def test_only_the_edges_ask_what_day_it_is(path: Path) -> None:
    edge = path.relative_to(ROOT / "governance").parts[0]
    if edge not in {"temporal.py", "rights.py", "views", "api", "admin", "management", "forms"}:
        text = path.read_text()
        assert "today()" not in text
        assert "timezone.now" not in text
        assert "localdate" not in text


@pytest.mark.parametrize("path", [*CODE, *TESTS], ids=named)
def test_a_file_fits_in_three_hundred_lines(path: Path) -> None:
    if named(path) not in LONG_FILES:
        assert len(path.read_text().splitlines()) <= 300


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_function_fits_a_screen(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef) and node.name not in LONG_FUNCTIONS:
            assert (node.end_lineno or 0) - node.lineno < 40, node.name


@pytest.mark.parametrize("path", CODE, ids=named)
def test_there_are_no_signals_of_our_own_and_no_overridden_save(path: Path) -> None:
    text = path.read_text()
    assert "django.dispatch" not in text
    assert "models.signals" not in text
    assert not re.search(r"def save\(self", text) or "forms" in path.parts


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_file_is_a_drawer_for_odds_and_ends(path: Path) -> None:
    assert path.stem not in {"utils", "helpers", "common", "mixins"}


@pytest.mark.parametrize("path", [*CODE, *TESTS, *TEMPLATES, *STATIC], ids=named)
def test_nothing_is_left_to_do_by_its_own_word(path: Path) -> None:
    words = "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "NotImplemented" + "Error"])
    assert not re.search(rf"\b({words})\b", path.read_text())


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_keeps_to_the_content_security_policy(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"(src|href|action)=\"(https?:)?//", text)


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_a_template_is_used(path: Path) -> None:
    """By a view, a form, another template, or by Django under its own name."""
    name = str(path.relative_to(ROOT / "templates"))
    if path.parts[-2] == "admin" or "admin/" in name or name in {"403_csrf.html", "500.html"}:
        return
    if name.startswith("help/"):
        return  # one page per task: the help index lists them and its test opens each
    users = [*CODE, *TEMPLATES, *ROOT.glob("samverkan/*.py")]
    stem = name.removesuffix(".html")
    assert any(name in user.read_text() or f'"{stem}' in user.read_text() for user in users)


def governance_fields() -> list[Field]:
    models = apps.get_app_config("governance").get_models()
    return [field for model in models for field in model._meta.fields]


def test_names_shown_in_forms_begin_in_lower_case_and_are_swedish() -> None:
    own = [field for field in governance_fields() if not field.model.__name__.startswith("Hist")]
    names = [str(field.verbose_name) for field in own]
    assert [name for name in names if name[0].isupper() and name not in {"ID", "VD"}] == []


def test_text_columns_are_empty_rather_than_null() -> None:
    own = [field for field in governance_fields() if not field.model.__name__.startswith("Hist")]
    texts = [field for field in own if isinstance(field, CharField | TextField)]
    assert [str(field) for field in texts if field.null] == []


def test_every_noun_has_its_history_and_every_history_row_its_act() -> None:
    names = {model.__name__ for model in apps.get_app_config("governance").get_models()}
    nouns = {
        "ActionPlan",
        "Agreement",
        "AgreementVersion",
        "Answer",
        "Area",
        "AreaPart",
        "Challenge",
        "Confirmation",
        "ContactDetail",
        "Coverage",
        "FollowUp",
        "FollowUpComment",
        "FollowUpSection",
        "Function",
        "Goal",
        "GroupDecision",
        "Indicator",
        "IndicatorValue",
        "Inquiry",
        "Leave",
        "LocalPriority",
        "Mandate",
        "Measure",
        "Meeting",
        "Organization",
        "Person",
        "PersonName",
        "Seat",
        "SituationPicture",
        "SteeringGroup",
        "WantedFunction",
    }
    assert {f"Historical{noun}" for noun in nouns} <= names
    for noun in nouns:
        assert apps.get_model("governance", f"Historical{noun}")._meta.get_field("caused_by")


def test_a_name_stands_in_no_other_table_than_its_own() -> None:
    history = apps.get_model("governance", "HistoricalPersonName")
    kept = {field.name for field in history._meta.fields}
    assert kept.isdisjoint({"given_name", "family_name", "search_key", "sort_key"})
    contacts = apps.get_model("governance", "HistoricalContactDetail")
    assert {"value", "previous"}.isdisjoint({field.name for field in contacts._meta.fields})


@pytest.mark.django_db
def test_every_change_to_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
