"""YAML is read without surprises, and every fault names its line."""

import datetime
from pathlib import Path

import pytest

from ingest.errors import CorpusError, CorpusErrors
from ingest.front_matter import CorpusModel
from ingest.strict_yaml import load_yaml, parse_yaml, validate

FILE = Path("example.yaml")


class Window(CorpusModel):
    begin: datetime.date
    note: str | None = None


class Plan(CorpusModel):
    name: str
    windows: tuple[Window, ...] = ()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("no", "no"),
        ("on", "on"),
        ("Yes", "Yes"),
        ("True", "True"),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("62321", 62321),
        ('"62321"', "62321"),
        ("01402", "01402"),
        ("1_000", "1_000"),
        ("12:30", "12:30"),
        ("0x1F", "0x1F"),
        ("5E10", "5E10"),
        ("M54.12", "M54.12"),
        ("2.5", 2.5),
        ("-3", -3),
        ("2026-02-12", datetime.date(2026, 2, 12)),
        ("2026-02-12T10:00:00Z", "2026-02-12T10:00:00Z"),
        ('"2026-02-12"', "2026-02-12"),
    ],
)
def test_a_scalar_means_what_it_looks_like(written: str, value: object) -> None:
    data = parse_yaml(f"key: {written}", file=FILE).data["key"]
    assert data == value
    assert type(data) is type(value)


@pytest.mark.parametrize(
    ("text", "line", "problem"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "key 'a' is repeated"),
        ("outer:\n  x: 1\n  x: 2\n", 3, "key 'x' is repeated"),
        ("base: &b {x: 1}\nother:\n  <<: *b\n", 3, "merge keys"),
        ("a: !!python/object:os.system x\n", 1, "tag"),
        ("a: &loop\n  b: *loop\n", 1, "itself"),
        ("a: 1\nb: [1, 2\nc: 3\n", 3, "not valid YAML"),
        ("a: 2026-02-30\n", 1, "no day of the calendar"),
        ("? [a, b]\n: 1\n", 1, "list or mapping"),
    ],
)
def test_what_is_not_strict_is_refused_at_its_line(text: str, line: int, problem: str) -> None:
    with pytest.raises(CorpusError) as caught:
        parse_yaml(text, file=FILE, line_offset=10)
    assert caught.value.line == line + 10
    assert problem in str(caught.value)
    assert str(caught.value).startswith(f"example.yaml:{line + 10}: ")


def test_every_key_path_has_its_line() -> None:
    document = parse_yaml("name: x\nwindows:\n  - begin: 2025-01-01\n    note: first\n", file=FILE)
    assert document.line_of(["name"]) == 1
    assert document.line_of(["windows", 0, "note"]) == 4
    assert document.line_of(["windows", 0, "absent"]) == 3
    assert document.line_of([]) == 1


def test_every_fault_of_a_document_is_reported_with_line_and_remedy() -> None:
    text = "name: 62321\nwindows:\n  - begin: soon\n  - note: second\n    ende: 2025-01-01\n"
    with pytest.raises(CorpusErrors) as caught:
        validate(Plan, parse_yaml(text, file=FILE))
    lines = str(caught.value).splitlines()
    assert [error.line for error in caught.value.errors] == [1, 3, 4, 5]
    assert lines[0] == 'example.yaml:1: `name` is 62321, not text. Put it in quotes: "62321".'
    assert "`windows.0.begin`" in lines[1]
    assert "key `windows.1.begin` is missing. Add `begin:` here" in lines[2]
    assert "unknown key `windows.1.ende`" in lines[3]
    assert "Known keys: begin, note" in lines[3]


def test_an_alias_bomb_is_built_in_no_time() -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]" for i in range(1, 60)]
    data = parse_yaml("\n".join(lines), file=FILE).data
    assert data["a1"] == [["x", "x"], ["x", "x"]]


def test_a_file_that_is_not_utf8_is_refused_at_its_line(tmp_path: Path) -> None:
    file = tmp_path / "latin.yaml"
    file.write_bytes(b"a: 1\nb: caf\xe9\n")
    with pytest.raises(CorpusError, match=r"latin\.yaml:2: not UTF-8 text\. Save the file as UTF-8\."):
        load_yaml(file)
