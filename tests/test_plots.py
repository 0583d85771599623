"""Plots as they are drawn, told and tabled: the same figures, and nothing that is not so."""

import io
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from governance.documents import plot_drawings
from governance.documents.goal_plots import goal_plot, goals_side_by_side, status_plot
from governance.documents.plot_drawings import PNG_DPI, draw, paper_of
from governance.documents.plot_tables import table_of
from governance.documents.plot_words import alternative
from governance.documents.plots import Bar, Break, IndicatorPlot, MultiplesPlot, Point, StatusPlot
from tests.days import day

BLANK = "\u00a0"
MERGED = Break(day("2023-07-01"), "Området finns sedan den 1 juli 2023, efter Norrmalm.")
STATUSES = ("Genomförd", "Pågår", "Planerad", "Ej genomförd")


def at(year: int, value: str | int) -> Point:
    return Point(year, Decimal(value))


FARSTA = IndicatorPlot("Oro, Farsta", "%", (at(2017, 12), at(2020, 12)), at(2017, 12), at(2023, 10))
MERGER = IndicatorPlot(
    "Anmälda brott, Norra innerstaden",
    "per 100 000 invånare",
    (at(2019, 20596), at(2021, "18450.5"), at(2023, 21010)),
    at(2019, 20596),
    at(2025, 18000),
    (MERGED,),
)
FEW = IndicatorPlot("Skjutningar, Farsta", "antal", (at(2018, 7), at(2020, 9)), hidden=(2019, 2021))
LONG = IndicatorPlot("NTU", "%", tuple(at(2000 + n, 20 + n * 7 % 9) for n in range(25)))
SIDE = MultiplesPlot(
    "Oro i områdena",
    "%",
    (
        FARSTA,
        IndicatorPlot("Enskede-Årsta-Vantör", "%", (at(2017, 9), at(2020, 26))),
        IndicatorPlot("Järva", "%", ()),
        IndicatorPlot("Norrmalm", "%", (at(2017, 8),), breaks=(MERGED,)),
    ),
)
BARS = StatusPlot(
    "Åtgärder per styrgrupp",
    STATUSES,
    (Bar("Lokal styrgrupp Farsta", (3, 2, 1, 0), 2), Bar("Järva", (0, 0, 0, 0))),
)
PLOTS = [FARSTA, MERGER, FEW, LONG, SIDE, BARS]


def titled(value: object) -> str:
    return getattr(value, "title", str(value))


def texts_of(plot, *, narrow: bool = False) -> list[Text]:
    """What is written on the paper, when it has been laid out."""
    figure = paper_of(plot, narrow=narrow).figure
    figure.set_dpi(PNG_DPI)
    FigureCanvasAgg(figure).draw()
    return [each for each in figure.findobj(Text) if each.get_text() and each.get_visible()]


def words_in(plot, *, narrow: bool = False) -> str:
    return " ".join(each.get_text() for each in texts_of(plot, narrow=narrow))


def written(svg: bytes) -> list[str]:
    """What the letters of an SVG say: but for figures at points, each stands as a comment too."""
    return re.findall(r"<!-- (.*?) -->", svg.decode())


# -- drawn ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("plot", PLOTS, ids=titled)
def test_the_same_plot_gives_the_same_bytes(plot, narrow):
    for kind in ("svg", "png"):
        first = draw(plot, kind, narrow=narrow)
        plot_drawings._drawn.cache_clear()
        assert draw(plot, kind, narrow=narrow) == first


def test_another_process_draws_the_same_bytes():
    program = (
        "import sys, django; django.setup(); from tests.test_plots import MERGER, draw;"
        "sys.stdout.buffer.write(draw(MERGER, 'svg'))"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert found.stdout == draw(MERGER, "svg")


def test_threads_draw_the_same_as_one_after_the_other():
    alone = [draw(plot, "svg") for plot in PLOTS]
    plot_drawings._drawn.cache_clear()
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda plot: draw(plot, "svg"), PLOTS * 2))
    assert together == alone * 2


@pytest.mark.parametrize("plot", PLOTS, ids=titled)
def test_an_svg_is_well_formed_and_needs_nothing_from_elsewhere(plot):
    svg = draw(plot, "svg")
    root = ElementTree.fromstring(svg)
    names = {each.tag.rpartition("}")[2] for each in root.iter()}
    assert names.isdisjoint({"script", "style", "image", "foreignObject", "text", "metadata"})
    attributes = {
        key.rpartition("}")[2]: value for each in root.iter() for key, value in each.items()
    }
    assert "style" not in attributes
    links = [v for each in root.iter() for k, v in each.items() if k.endswith("href")]
    assert links
    assert all(link.startswith("#") for link in links)
    assert b"<!DOCTYPE" not in svg
    assert [each.text for each in root][:2] == [plot.title, alternative(plot)]


def test_the_lines_keep_their_colours_and_dashes_without_a_style():
    svg = draw(FARSTA, "svg").decode()
    assert 'stroke="#0b5567"' in svg
    assert "stroke-dasharray=" in svg
    assert 'fill="#ffffff"' in svg


def test_a_png_is_as_wide_as_it_is_said_to_be():
    image = draw(FARSTA, "png")
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert int.from_bytes(image[16:20], "big") == 480 * 200 // 72
    assert b"matplotlib" not in image.lower()


@pytest.mark.parametrize("narrow", [False, True])
@pytest.mark.parametrize("plot", PLOTS, ids=titled)
def test_every_word_is_on_the_paper_and_at_least_nine_points(plot, narrow):
    texts = texts_of(plot, narrow=narrow)
    assert texts
    for text in texts:
        box, whole = text.get_window_extent(), text.figure.bbox
        across = whole.x0 <= box.x0 + 2 and box.x1 <= whole.x1 + 2
        down = whole.y0 <= box.y0 + 1 and box.y1 <= whole.y1 + 1
        assert across, text.get_text()
        assert down, text.get_text()
        assert text.get_fontsize() >= 9


@pytest.mark.parametrize("narrow", [False, True])
def test_words_of_a_plot_are_drawn(narrow):
    said = words_in(FARSTA, narrow=narrow)
    drawn = written(draw(FARSTA, "svg", narrow=narrow))
    for words in ("Oro, Farsta", "Procent", "Utgångsläge", f"12{BLANK}% (2017)", "Mål 2023"):
        assert words in said, words
        assert words in drawn, words
    assert f"10{BLANK}%" in said
    assert "18 450,5" in words_in(MERGER).replace(BLANK, " ")
    told = words_in(MERGER, narrow=narrow).replace(BLANK, " ")
    for word in MERGED.text.split():
        assert word in told
    bars = words_in(BARS, narrow=narrow)
    for words in (*STATUSES, "varav 2 försenade", "inga åtgärder", "Järva"):
        assert words in bars, words


def test_scales_begin_at_zero_and_years_are_whole():
    axes = paper_of(MERGER, narrow=False).figure.axes[0]
    assert axes.get_ylim()[0] == 0
    labels = [each.get_text() for each in axes.get_xticklabels() if each.get_text()]
    assert labels == [str(year) for year in range(2019, 2026)]


def test_values_below_zero_are_drawn_on_a_scale_that_holds_them():
    below = IndicatorPlot("Ändring", "%", (at(2020, -4), at(2021, 3)))
    assert paper_of(below, narrow=False).figure.axes[0].get_ylim()[0] <= -4


def test_small_plots_have_equal_axes_at_most_three_across():
    axes = paper_of(SIDE, narrow=False).figure.axes
    assert len(axes) == 4
    assert len({each.get_ylim() for each in axes}) == 1
    assert len({each.get_xlim() for each in axes}) == 1
    assert len({round(each.get_position().x0, 3) for each in axes}) == 3
    assert "Ingen mätning" in words_in(SIDE)


def test_three_hundred_parts_are_drawn_in_part_and_all_in_the_table():
    parts = tuple(IndicatorPlot(f"Område {n}", "%", (at(2020, n % 40),)) for n in range(1, 301))
    many = MultiplesPlot("Oro", "%", parts)
    assert many.left_out == "Diagrammet visar de 30 första av 300. Tabellen visar alla."
    assert many.left_out in alternative(many)
    assert len(paper_of(many, narrow=False).figure.axes) == 30
    assert len(table_of(many).rows) == 300
    bars = StatusPlot("Å", STATUSES, tuple(Bar(f"Grupp {n}", (1, 0, 0, 0)) for n in range(300)))
    said = words_in(bars)
    assert "Grupp 29" in said
    assert "Grupp 30" not in said
    assert len(table_of(bars).rows) == 300
    assert MultiplesPlot("Oro", "%", parts[:30]).left_out == ""


def test_odd_characters_in_a_name_are_no_fault():
    odd = IndicatorPlot("Pris i $ & <kr> -- \u0b95 \x0b $_", "%", (at(2020, 5),))
    svg = draw(odd, "svg")
    ElementTree.fromstring(svg)
    assert "$ & <kr>" in ElementTree.fromstring(svg)[0].text
    assert draw(odd, "png")


def test_what_has_no_point_says_so_in_words():
    nothing = IndicatorPlot("Oro, Farsta", "%", ())
    assert nothing.is_empty
    for plot in (nothing, MultiplesPlot("Oro", "%", (nothing,)), StatusPlot("Å", STATUSES, ())):
        assert plot.is_empty
        assert "Det finns inget att visa än." in words_in(plot)
        assert alternative(plot)
        assert table_of(plot).columns


def test_matplotlib_is_not_imported_before_something_is_drawn():
    program = (
        "import sys, django; django.setup(); import governance.urls;"
        "assert 'matplotlib' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


# -- breaks, gaps, small counts -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "ends", "years"),
    [
        ("2020-12-31", False, [[2019], [2020, 2021]]),
        ("2020-01-01", False, [[2019], [2020, 2021]]),
        ("2020-06-30", True, [[2019, 2020], [2021]]),
        ("2019-01-01", False, [[2019, 2020, 2021]]),
        ("2021-12-31", True, [[2019, 2020, 2021]]),
    ],
)
def test_a_line_is_broken_where_the_area_changed(when, ends, years):
    plot = IndicatorPlot(
        "Oro", "%", (at(2019, 1), at(2020, 2), at(2021, 3)), breaks=(Break(day(when), "x", ends),)
    )
    assert [[point.year for point in part] for part in plot.stretches] == years
    lines = paper_of(plot, narrow=False).figure.axes[0].lines
    drawn = [list(each.get_xdata()) for each in lines if each.get_marker() == "o"]
    assert drawn == years


def test_a_small_count_is_no_point_and_no_line_passes_it():
    lines = paper_of(FEW, narrow=False).figure.axes[0].lines
    assert [list(each.get_xdata()) for each in lines] == [[2018], [2020]]
    assert words_in(FEW).count("färre än 5") == 2
    assert FEW.gaps == []


def test_years_without_measurement_are_said_and_have_no_value():
    assert FARSTA.gaps == [2018, 2019]
    rows = table_of(FARSTA).rows
    assert ["2018–2019", "–", "Ingen mätning"] in rows
    assert "0" not in [cell for row in rows for cell in row]
    assert table_of(SIDE).rows[2] == ["Järva", "–", "–", "Ingen mätning", "Ingen mätning", "–"]


# -- words and tables -----------------------------------------------------------------------------


def test_the_words_of_one_indicator():
    assert alternative(FARSTA).replace(BLANK, " ") == (
        "Oro, Farsta. 2 mätningar, från 12 % (2017) till 12 % (2020). Utgångsläge: 12 % (2017). "
        "Mål: 10 % senast 2023. Ingen mätning 2018 och 2019."
    )
    assert alternative(MERGER).endswith(f"Ingen mätning 2020 och 2022. {MERGED.text}")
    assert "Däremellan lägst 18 450,5" in alternative(MERGER).replace(BLANK, " ")
    assert alternative(FEW).endswith("Visas inte, färre än 5: 2019 och 2021.")


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


def test_an_image_can_be_read_as_a_file():
    assert io.BytesIO(draw(BARS, "png")).read(4) == b"\x89PNG"
