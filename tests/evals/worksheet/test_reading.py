"""A filled-in worksheet is taken back exactly, or refused by line."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.worksheet.reading import WorksheetError, read_worksheet
from evals.worksheet.sheet import Worksheet
from rag.knowledge.library import Knowledge
from tests.evals.worksheet.conftest import Fill


def line_of(sheet: Worksheet, place: int) -> int:
    """A row takes a line for each of its passages."""
    return 2 + sum(len(row.passages) for row in sheet.rows[:place])


def test_answers_come_back_by_row_however_they_are_spelt(sheet: Worksheet, fill: Fill, knowledge: Knowledge) -> None:
    single = [row.id for row in sheet.rows if len(row.passages) == 1][:3]
    file = fill(
        {
            single[0]: {"supported": " Yes ", "comment": "fine"},
            single[1]: {"supported": "PARTLY"},
            single[2]: {"supported": "no", "needed": "1"},
        }
    )
    filled = read_worksheet(file, knowledge)
    found = {one.id: one for one in filled.ratings}
    assert (filled.rater, filled.rows, set(found)) == ("anna", len(sheet.rows), set(single))
    assert [found[id_].supported for id_ in single] == ["yes", "partly", "no"]
    assert [found[id_].yes for id_ in single] == [True, False, False]
    assert [found[id_].needed for id_ in single] == [(True,), (False,), (False,)]
    assert found[single[0]].comment == "fine"


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_of_any_country_is_understood(fill: Fill, knowledge: Knowledge, separator: str) -> None:
    filled = read_worksheet(fill(every={"supported": "no"}, separator=separator), knowledge)
    assert len(filled.ratings) == filled.rows


@pytest.mark.parametrize("needed", ["2", "[2]", "2;", " 2, "])
def test_needed_passages_are_numbers(sheet: Worksheet, fill: Fill, knowledge: Knowledge, needed: str) -> None:
    row = next(row for row in sheet.rows if len(row.passages) == 2)
    (rating,) = read_worksheet(fill({row.id: {"supported": "yes", "needed": needed}}), knowledge).ratings
    assert rating.needed == (False, True)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"supported": "maybe"}, "`supported` says 'maybe'. Write one of yes, partly, no"),
        ({"supported": "yes", "needed": "3"}, "`needed` says '3'. Write numbers from 1, 2"),
        ({"supported": "yes", "needed": "both"}, "`needed` says 'both'"),
        ({"supported": "yes"}, "supported by several passages, and `needed` names none"),
        ({"supported": "no", "sentence": "Changed."}, "is not what was handed out"),
        ({"supported": "no", "sources": "1=no-document#here"}, "is not what was handed out"),
        ({"supported": "no", "id": "0123456789ab"}, "is not what was handed out"),
    ],
)
def test_a_fault_names_its_line_and_what_to_do(
    sheet: Worksheet, fill: Fill, knowledge: Knowledge, cells: dict[str, str], says: str
) -> None:
    place = next(place for place, row in enumerate(sheet.rows) if len(row.passages) == 2)
    file = fill({sheet.rows[place].id: cells})
    with pytest.raises(WorksheetError) as raised:
        read_worksheet(file, knowledge)
    assert f"{file}:{line_of(sheet, place)}: " in str(raised.value)
    assert says in str(raised.value)


def test_all_faults_are_told_at_once(sheet: Worksheet, fill: Fill, knowledge: Knowledge) -> None:
    with pytest.raises(WorksheetError) as raised:
        read_worksheet(fill({row.id: {"supported": "?"} for row in sheet.rows[:3]}), knowledge)
    assert str(raised.value).count("`supported` says") == 3


def test_a_row_that_stands_twice_is_refused(fill: Fill, knowledge: Knowledge) -> None:
    file = fill(every={"supported": "no"})
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text + text.partition("\n")[2], encoding="utf-8")
    with pytest.raises(WorksheetError, match="stands at line"):
        read_worksheet(file, knowledge)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "it is empty"),
        (b"\xff\xfea", "CSV UTF-8"),
        (b"id,question\r\nx,y\r\n", "It has to have id, question"),
        (b'id,question\r\n"x', "It has to have"),
    ],
)
def test_what_is_no_worksheet_is_named(tmp_path: Path, knowledge: Knowledge, content: bytes, says: str) -> None:
    file = tmp_path / "x.csv"
    file.write_bytes(content)
    with pytest.raises(WorksheetError, match=says):
        read_worksheet(file, knowledge)


def test_a_line_of_too_few_cells_and_a_quote_left_open_are_named(fill: Fill, knowledge: Knowledge) -> None:
    file = fill(every={"supported": "no"})
    whole = file.read_text(encoding="utf-8-sig")
    file.write_text(whole + "x,y\n", encoding="utf-8")
    with pytest.raises(WorksheetError, match="2 cells under 8 columns"):
        read_worksheet(file, knowledge)
    file.write_text(whole + '"x', encoding="utf-8")
    with pytest.raises(WorksheetError, match="not valid CSV"):
        read_worksheet(file, knowledge)


def test_a_worksheet_nobody_judged_is_no_result(fill: Fill, knowledge: Knowledge) -> None:
    with pytest.raises(WorksheetError, match="not one row is judged"):
        read_worksheet(fill(), knowledge)


def test_a_file_that_is_not_there_is_named(knowledge: Knowledge) -> None:
    with pytest.raises(WorksheetError, match=r"nowhere\.csv"):
        read_worksheet(Path("nowhere.csv"), knowledge)
