"""What plots say in words and tables, and how they are made of what a follow-up has frozen."""

import pytest

from governance.documents.goal_plots import goal_plot, goals_side_by_side, status_plot
from governance.documents.plot_tables import table_of
from governance.documents.plot_words import alternative
from governance.documents.plots import Bar, Break, MultiplesPlot
from tests.days import day
from tests.plots import BARS, FARSTA, FEW, LONG, MERGED, MERGER, PLOTS, SIDE, STATUSES, at, titled

BLANK = "\u00a0"


# -- words and tables -----------------------------------------------------------------------------


def test_the_words_of_one_indicator():
    assert alternative(FARSTA).replace(BLANK, " ") == (
        "Oro, Farsta. 2 mätningar, från 12 % (2017) till 12 % (2020). Utgångsläge: 12 % (2017). "
        "Mål: 10 % senast 2023. Ingen mätning 2018 och 2019."
    )
    assert alternative(MERGER).endswith(f"Ingen mätning 2020 och 2022. {MERGED.text}")
    assert "Däremellan lägst 18 450,5" in alternative(MERGER).replace(BLANK, " ")
    assert alternative(FEW).endswith("Visas inte, färre än 5: 2019 och 2021.")


def test_one_small_plot_is_not_said_to_be_like_others():
    assert alternative(MultiplesPlot("Oro", "%", (FARSTA,))).replace(BLANK, " ") == (
        "Oro. Senaste värde: Oro, Farsta 12 % (2020). Tabellen visar samma uppgifter."
    )


def test_the_words_of_many_and_of_measures():
    assert alternative(SIDE).replace(BLANK, " ") == (
        "Oro i områdena. 4 små diagram med samma skala. Senaste värde: Oro, Farsta 12 % (2020), "
        "Enskede-Årsta-Vantör 26 % (2020) och Norrmalm 8 % (2017). Inget värde att visa: Järva. "
        "Området har ändrats: Norrmalm. Tabellen visar samma uppgifter."
    )
    assert alternative(BARS) == (
        "Åtgärder per styrgrupp. 6 åtgärder: genomförd 3, pågår 2, planerad 1 och ej genomförd 0. "
        "Försenade: 2. Lokal styrgrupp Farsta: 6, varav 2 försenade. Järva: inga åtgärder. "
        "Tabellen visar samma uppgifter."
    )


@pytest.mark.parametrize("plot", PLOTS, ids=titled)
def test_every_row_of_a_table_has_a_cell_in_each_column(plot):
    table = table_of(plot)
    assert {len(row) for row in table.rows} == {len(table.columns)}


def test_the_table_of_one_indicator_is_in_the_order_of_time():
    assert [row[0] for row in table_of(MERGER).rows] == [
        "2019", "2019", "2020", "2021", "2022", "2023-07-01", "2023", "2025",
    ]  # fmt: skip
    assert ["2019", "färre än 5", "Så små antal visas inte"] in table_of(FEW).rows


def test_more_years_than_fit_across_stand_in_one_cell():
    table = table_of(MultiplesPlot("NTU", "%", (LONG, FEW)))
    assert [each.title for each in table.columns] == ["Var", "Värden"]
    assert table.rows[1][1] == "7 (2018), färre än 5 (2019), 9 (2020) och färre än 5 (2021)"


# -- from what is frozen --------------------------------------------------------------------------


def goal(**fields):
    values = [
        {"year": 2017, "value": "12", "hidden": False},
        {"year": 2020, "value": None, "hidden": True},
    ]
    given = {"indicator": "Oro", "area": "Farsta", "unit": "%", "baseline": "12", "target": "9.5"}
    given |= {"baseline_year": 2017, "due": "2022-12-31", "values": values}
    return given | fields


def test_a_frozen_goal_gives_its_plot():
    row = {"day": "2023-06-30", "text": "Området slutade.", "ends": True}
    plot = goal_plot(goal(breaks=[row]))
    assert (plot.title, plot.unit, plot.points) == ("Oro, Farsta", "%", (at(2017, 12),))
    assert (plot.baseline, plot.target) == (at(2017, 12), at(2022, "9.5"))
    assert plot.hidden == (2020,)
    assert plot.breaks == (Break(day("2023-06-30"), "Området slutade.", ends=True),)
    assert goal_plot(goal()).breaks == ()
    assert goal_plot(goal(baseline=None)).baseline is None
    assert goal_plot(goal(baseline=None, baseline_year=None)).baseline is None
    assert {plot: 1}[goal_plot(goal(breaks=[row]))] == 1


def test_goals_stand_under_their_labels_and_tallies_in_the_order_of_a_bar():
    plot = goals_side_by_side("Oro", "%", {"Farsta": goal(), "Järva": goal(values=[])})
    assert [each.title for each in plot.parts] == ["Farsta", "Järva"]
    assert [each.is_empty for each in plot.parts] == [False, True]
    tally = {"planned": 1, "ongoing": 2, "done": 3, "not_done": 4, "late": 1}
    bars = status_plot("Åtgärder", [("Farsta", tally)])
    assert bars.statuses == STATUSES
    assert bars.bars == (Bar("Farsta", (3, 2, 1, 4), late=1),)
