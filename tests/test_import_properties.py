"""`import_properties`: a company's stock saved by a command."""

import pytest
from django.core.management import CommandError, call_command

from governance.models import Holding
from tests.stock import LIST, table

pytestmark = pytest.mark.django_db


def test_the_command_saves_once_and_is_safe_to_run_again(company, tmp_path, capsys):
    file = tmp_path / "bestand.csv"
    file.write_text(LIST.replace("\t", ";"), encoding="utf-8")
    call_command("import_properties", file, "--company", company.slug, "--dry-run")
    assert not Holding.objects.exists()
    said = capsys.readouterr().out
    assert "3 nya, 0 lämnas. Inget har ändrats." in said
    assert 'Kolumnen "Hyresgäst" ser ut att innehålla personuppgifter.' in said
    call_command("import_properties", file, "--company", company.slug)
    assert "3 nya." in capsys.readouterr().out
    before = table()
    call_command("import_properties", file, "--company", company.slug)
    assert "Inga ändringar." in capsys.readouterr().out
    assert table() == before


def test_the_command_fails_with_every_fault_or_an_unknown_company(company, tmp_path):
    file = tmp_path / "bestand.csv"
    file.write_text("Fastighet;Slag\nÅsen;x\nÅsen 1;y\n", encoding="utf-8")
    with pytest.raises(CommandError, match="3 fel hittades"):
        call_command("import_properties", file, "--company", company.slug)
    with pytest.raises(CommandError, match="ingen organisation"):
        call_command("import_properties", file, "--company", "finns-inte")
    with pytest.raises(CommandError, match="går inte att läsa"):
        call_command("import_properties", tmp_path / "saknas.csv", "--company", company.slug)
