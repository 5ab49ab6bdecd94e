import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coulisses_readers import delimited, figures, numerals, registry, xlsx
from coulisses_readers.look import Look, Unreadable
from coulisses_readers.tests import layered, workbooks
from coulisses_readers.tests.corpus import drawn, saved

CLUB = "Month;Subscribers;Income\n2026-01;100;1 200,50 €\n2026-02;120;1 300,00 €\n"


def told(words):
    look = delimited.look(words.encode(), "figures.csv")
    return {one["name"]: one["value"] for one in look.facts["series"]}


def changes(before, after):
    looks = (delimited.look(words.encode(), "figures.csv") for words in (before, after))
    return figures.compare(*looks, "figures.csv")


@pytest.mark.parametrize(
    ("cell", "decimal", "value", "unit"),
    [
        ("1 234,5", ",", 1234.5, ""),
        ("1\u202f234\u00a0567,5 €", ",", 1_234_567.5, "€"),
        ("1,234.5", ".", 1234.5, ""),
        ("$1,234.50", ".", 1234.5, "$"),
        ("1.234,50", ",", 1234.5, ""),
        ("1'234.50 CHF", ".", 1234.5, "CHF"),
        ("12,5 %", ",", 12.5, "%"),
        ("−3", ".", -3, ""),
        ("(1,200)", ".", -1200, ""),
        ("-£3", ".", -3, "£"),
        ("1e3", ".", 1000, ""),
        ("0.5", ".", 0.5, ""),
    ],
)
def test_numbers_are_read_as_english_and_french_write_them(cell, decimal, value, unit):
    assert numerals.numeral(cell, decimal) == numerals.Numeral(value, unit)


@pytest.mark.parametrize(
    "cell",
    ["", "twelve", "0612345678", "1.2.3", "=1+2", "2026-01-31", "1e999", "1e300", "1,2,3", "-"],
)
def test_what_is_no_number_is_none(cell):
    assert numerals.numeral(cell, ".") is None


@pytest.mark.parametrize("cell", ["2026-11-25", "25/11/2026", "nov. 2026", "Q3", "T1 2026", "May"])
def test_days_months_and_quarters_say_when(cell):
    assert numerals.is_period(cell)


def test_a_table_that_grows_is_told_by_its_latest_row():
    assert told(CLUB) == {"Subscribers": 120, "Income": 1300}


def test_a_table_of_things_is_told_by_its_totals_and_counts_no_total_twice():
    words = "Item,Budget,Spent\nWood,1200,800\nStrings,300,120.5\nTotal,1500,920.5\n"
    assert told(words) == {"Budget": 1500, "Spent": 920.5}


def test_shares_are_never_added_up():
    assert told("Who;Share\nAna;60 %\nBo;40 %\n") == {"Share": 40}


def test_a_list_of_words_and_numbers_is_a_series_a_row():
    assert told('Subscribers,184\nIncome,"1,234.50"\n') == {"Subscribers": 184, "Income": 1234.5}


def test_rows_under_a_line_of_months_are_series():
    assert told(",Jan,Feb,Mar\nVisits,10,20,30\nSales,1,2,3\n") == {"Visits": 30, "Sales": 3}


def test_a_table_of_numbers_alone_is_named_by_its_columns():
    assert told("1,2\n3,4\n") == {"A": 4, "B": 6}


def test_two_series_of_one_name_are_told_apart():
    assert told("Month,Sold,Sold\n2026-01,1,2\n") == {"Sold": 1, "Sold (2)": 2}


def test_codes_and_words_are_no_figures():
    assert told("id,Name,Years\n17,Ana,3\n18,Bo,4\n") == {"Years": 7}
    assert told("Name,Phone\nAna,0612345678\n") == {}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings_are_found_out(encoding):
    look = delimited.look("Mois;Abonnés\n2026-01;1,5\n".encode(encoding), "club.csv")
    assert look.facts["series"][0]["name"] == "Abonnés"
    assert look.facts["series"][0]["value"] == 1.5


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found_out(delimiter):
    rows = ("Month Subscribers", "2026-01 100", "2026-02 120")
    assert told("\n".join(row.replace(" ", delimiter) for row in rows)) == {"Subscribers": 120}


def test_what_changed_is_told_with_the_most_telling_first():
    after = CLUB + "2026-03;184;1 250,00 €\n"
    assert changes(CLUB, after) == {
        "figures": [
            {"name": "Subscribers", "before": 120, "after": 184},
            {"name": "Income", "before": 1300, "after": 1250},
        ]
    }


def test_a_new_table_and_a_column_that_went_are_told_too():
    new = figures.compare(None, delimited.look(CLUB.encode(), "club.csv"), "club.csv")
    assert new["figures"][0] == {"name": "Subscribers", "before": None, "after": 120}
    gone = changes(CLUB, CLUB.replace("Income", "Costs"))["figures"]
    assert [one["name"] for one in gone] == ["Costs", "Income"]
    assert (gone[0]["before"], gone[1]["after"]) == (None, None)


def test_the_ninth_column_is_compared_though_eight_are_kept():
    def wide(last):
        names = ",".join(["Month", *(f"c{number}" for number in range(12))])
        return f"{names}\n2026-01,{','.join(['1'] * 11)},{last}\n"

    assert changes(wide(5), wide(6))["figures"] == [{"name": "c11", "before": 5, "after": 6}]
    assert len(delimited.look(wide(5).encode(), "wide.csv").facts["series"]) == 8


def test_where_only_words_changed_the_words_are_told():
    assert changes(CLUB, CLUB.replace("2026-01", "2025-12")).keys() == {"words"}
    assert changes(CLUB, CLUB) == {}


def test_a_formula_in_a_cell_is_words_and_nothing_more():
    look = delimited.look(b'=HYPERLINK("http://eve"),5\n@SUM(A1),6\n', "eve.csv")
    assert "=HYPERLINK" in look.text and "\u202e" not in look.text
    assert [one["value"] for one in look.facts["series"]] == [5, 6]


def test_what_hides_or_reorders_is_made_visible():
    look = delimited.look("Na\u202eme,Sold\nAna,1\n".encode(), "eve.csv")
    assert "⟦U+202E⟧" in look.text


def test_one_endless_line_is_only_a_reason_or_read_at_a_bound(sandbox):
    assert sandbox.look_or_reason(b"1," * 4_000_000, "endless.csv").reason == "too_large"
    look = sandbox.look(b"word " * 1_600_000, "endless.csv")
    assert look.facts["series"] == [] and look.facts["is_cut"]
    assert sandbox.look_or_reason(b'"' + b"a" * 7_000_000, "open.csv").reader in {
        "figures",
        "plain",
    }
    assert sandbox.look_or_reason(b"1\n" * 5_000_000, "long.csv").reason == "too_large"


def test_a_long_table_says_its_last_row_though_its_text_is_cut():
    rows = "".join(f"2026-01-01;{number};words that take room\n" for number in range(20_000))
    look = delimited.look(f"Day;Number;Words\n{rows}".encode(), "long.csv")
    assert look.facts["is_cut"] and len(look.text) <= 400_000
    assert look.facts["series"][0]["value"] == 19_999


def test_a_workbook_is_read_as_its_cells_are_shown(sandbox):
    look = sandbox.look(workbooks.monthly([100], [184]), "club.xlsx")
    assert look.reader == "figures"
    assert look.text == "[Club]\nMonth\tSubscribers\n2026-01-01\t100\n2026-02-01\t184\n"
    told = {"name": "Subscribers", "value": 184, "unit": "", "count": 2, "how": "latest"}
    assert look.facts["series"] == [told]


def test_a_workbook_keeps_shares_money_and_what_formulas_came_to():
    def fill(book):
        sheet = book.add_worksheet()
        share, money = (
            book.add_format({"num_format": form}) for form in ("0.0%", "#,##0.00 [$€-40C]")
        )
        sheet.write_row(0, 0, ["Month", "Share", "Income", "Double"])
        sheet.write(1, 0, "2026-01")
        sheet.write_number(1, 1, 0.125, share)
        sheet.write_number(1, 2, 1234.125, money)
        sheet.write_formula(1, 3, "=C2*2", None, 2468.25)

    look = xlsx.look(workbooks.written(fill), "club.xlsx")
    seen = {one["name"]: (one["value"], one["unit"]) for one in look.facts["series"]}
    assert seen == {"Share": (12.5, "%"), "Income": (1234.125, "€"), "Double": (2468.25, "")}


def test_nothing_that_is_hidden_in_a_workbook_is_shown():
    look = xlsx.look(workbooks.private(), "budget.xlsx")
    assert "hidden" not in look.text and "hidden" not in str(look.facts)
    assert look.text.splitlines()[1:] == ["Item\tSpent", "Wood\t120"]


def test_a_workbook_with_several_sheets_names_them():
    def fill(book):
        for name in ("Spring", "Autumn"):
            book.add_worksheet(name).write_row(0, 0, ["Sold", 3])

    seen = xlsx.look(workbooks.written(fill), "year.xlsx").facts["series"]
    assert [one["name"] for one in seen] == ["Spring · Sold", "Autumn · Sold"]


@pytest.mark.parametrize(
    "data",
    [
        layered.bomb("xl/workbook.xml"),
        workbooks.laughs(),
        workbooks.packed("<a>" * 4000),
    ],
)
def test_a_workbook_that_unfolds_without_measure_is_a_bomb(sandbox, data):
    assert sandbox.look_or_reason(data, "bomb.xlsx").reason == "bomb"


def test_more_cells_than_anybody_reads_are_too_many(sandbox):
    dice = random.Random(1)
    rows = (
        "<row>" + "".join(f"<c><v>{dice.random()}</v></c>" for _cell in range(1000)) + "</row>"
        for _row in range(400)
    )
    data = workbooks.packed(f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>")
    assert sandbox.look_or_reason(data, "huge.xlsx").reason == "too_large"


@pytest.mark.parametrize(
    "sheet",
    [
        '<worksheet><row><c r="ZZZZ1"><v>1</v></c><c r="A9" t="s"><v>7</v></c></row></worksheet>',
        '<worksheet><c r="A1"><v>1</v></c></worksheet>',
        '<worksheet><row><c r="XFD1" s="99"><v>1e308</v></c></row></worksheet>',
        '<worksheet><cols><col min="1" max="9999999" hidden="1"/></cols></worksheet>',
        '<worksheet><row><c t="n"><v>nan</v></c><c t="e"><v>#REF!</v></c></row></worksheet>',
    ],
)
def test_an_odd_sheet_is_read_as_far_as_it_goes(sheet):
    assert xlsx.look(workbooks.packed(sheet), "odd.xlsx").reader == "figures"


@pytest.mark.parametrize("name", ["club.xlsx", "club.csv"])
def test_scribbled_tables_never_raise_anything_else(name):
    chance = random.Random(name)
    data = workbooks.monthly([100], [184]) if name.endswith("x") else CLUB.encode()
    for _ in range(60):
        broken = bytearray(data)
        for _ in range(6):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        broken = broken[: chance.choice([len(broken), chance.randrange(1, len(broken))])]
        try:
            registry.look(bytes(broken), name)
        except Unreadable as refusal:
            assert refusal.reason in {"unreadable", "binary", "bad_encoding", "bomb"}


def test_a_lying_suffix_deceives_nobody():
    png = saved(drawn(), "PNG")
    assert registry.look(png, "club.xlsx").facts["format"] == "png"
    assert registry.reader_for("club.csv", png) == "picture"
    assert registry.reader_for("club.xlsx", b"Month;Sold\n") == "code"
    with pytest.raises(Unreadable):
        registry.look(layered.kra(png)[:400], "club.xlsx")


def test_what_was_kept_of_a_table_is_enough_to_compare_it():
    look = delimited.look(CLUB.encode(), "club.csv")
    kept = Look(look.reader, dict(look.facts), {}, look.text)
    after = delimited.look(CLUB.replace("120", "184").encode(), "club.csv")
    assert figures.compare(kept, after, "club.csv")["figures"][0]["before"] == 120


words = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.lists(words, min_size=1, max_size=6), max_size=8))
def test_tables_come_back_from_their_text(rows):
    look = figures.look([figures.Table("", rows)], ".", 1)
    first = list(figures.series(figures.tables_of(look.text), "."))
    assert [one.name for one in first][:8] == [one["name"] for one in look.facts["series"]]


@given(st.floats(-1e9, 1e9).map(lambda value: round(value, 2)))
def test_a_number_written_in_either_language_comes_back(value):
    english = f"{value:,.2f}"
    french = english.replace(",", "\u202f").replace(".", ",")
    assert numerals.numeral(english, ".").value == numerals.numeral(french, ",").value == value
