"""The project's own queries are read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from evals.citations.halves import half_of
from evals.retrieval.own import read_own
from evals.retrieval.rows import RetrievalError
from ingest.documents import Document, corpus_root, load_documents
from tests.evals.retrieval.conftest import HEADER, own_query, write_json_lines, write_qrels


@pytest.fixture
def documents(small_corpus: Path) -> Mapping[str, Document]:
    return load_documents(small_corpus)


def test_the_project_has_over_a_hundred_queries_over_all_kinds_of_documents() -> None:
    documents = load_documents(corpus_root())
    halves = [read_own(documents, half="calibrate"), read_own(documents, half="report")]
    items = [item for one in halves for item in one.items]
    assert len(items) >= 110
    assert len({item.text for item in items}) == len(items)
    assert min(len(one.items) for one in halves) >= 50
    assert {kind for item in items for kind in item.tags["kind"]} == {one.kind for one in documents.values()}
    assert {payer for item in items for payer in item.tags["payer"]} == {"named", "not named"}


def test_every_document_of_the_corpus_answers_a_query() -> None:
    documents = load_documents(corpus_root())
    items = [item for half in ("calibrate", "report") for item in read_own(documents, half=half).items]
    assert set(documents) - {name for item in items for name in item.label.documents} == set()


def test_a_query_is_in_the_half_of_its_id_and_in_no_other(own_set: Path, documents: Mapping[str, Document]) -> None:
    halves = {half: read_own(documents, half=half, folder=own_set).items for half in ("calibrate", "report")}
    assert sum(map(len, halves.values())) == 4
    assert all(half_of(item.id) == half for half, items in halves.items() for item in items)


def test_only_what_answers_is_right_and_what_bears_on_it_keeps_its_grade(
    own_set: Path, documents: Mapping[str, Document]
) -> None:
    half = half_of("repeat-pain")
    item = next(one for one in read_own(documents, half=half, folder=own_set).items if one.id == "repeat-pain")
    assert item.label.right == ("plan-a-epidural#repeat",)
    assert item.label.grades == {"plan-a-epidural#repeat": 2, "plan-a-epidural#guidance": 1}
    assert item.label.documents == {"plan-a-epidural"}
    assert item.tags["kind"] == ("policy",)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("stroke\twarning#nowhere\t2", "qrels.tsv:3: there is nothing 'warning#nowhere' in the collection"),
        ("stroke\twarning\t2", "there is nothing 'warning' in the collection"),
        ("strike\twarning#harm\t2", "qrels.tsv:3: there is no query 'strike'"),
        ("stroke\twarning#harm\t3", "qrels.tsv:3: the score 3. Scores run from 0 to 2"),
        ("stroke\twarning#harm\t-1", "the score '-1' is no whole number"),
        ("stroke\twarning#harm\tyes", "the score 'yes' is no whole number"),
        ("stroke warning#harm 2", "qrels.tsv:3: 1 fields instead of 3. Put one tab between"),
        ("stroke\twarning#harm\t1", "'warning#harm' is judged twice for 'stroke'"),
    ],
)
def test_a_wrong_judgement_is_named_with_its_line(
    line: str, said: str, own_set: Path, documents: Mapping[str, Document]
) -> None:
    write_json_lines(own_set / "queries.jsonl", [own_query("stroke", "stroke?")])
    write_qrels(own_set / "qrels.tsv", "stroke\twarning#harm\t2", line)
    with pytest.raises(RetrievalError) as raised:
        read_own(documents, half="report", folder=own_set)
    assert said in str(raised.value)


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**own_query("b", "what?"), "answer": "x"}, "queries.jsonl:2: unknown key `answer`"),
        ({"_id": "b", "text": "what?", "metadata": {"payer": "maybe", "wording": "near"}}, "`metadata.payer`"),
        (own_query("stroke", "again"), "queries.jsonl:2: the id 'stroke' stands in line 1 already"),
        (own_query("b", " "), "queries.jsonl:2: `text`"),
        (own_query("b", "nobody answers"), "queries.jsonl:2: no section answers the query 'b'"),
    ],
)
def test_a_wrong_query_is_named_with_its_line(
    row: dict[str, object], said: str, own_set: Path, documents: Mapping[str, Document]
) -> None:
    write_json_lines(own_set / "queries.jsonl", [own_query("stroke", "stroke?"), row])
    write_qrels(own_set / "qrels.tsv", "stroke\twarning#harm\t2")
    with pytest.raises(RetrievalError) as raised:
        read_own(documents, half="report", folder=own_set)
    assert said in str(raised.value)


def test_judgements_without_names_of_columns_are_refused(own_set: Path, documents: Mapping[str, Document]) -> None:
    write_qrels(own_set / "qrels.tsv", "stroke\twarning#harm\t2", header="stroke\twarning#harm\t2")
    with pytest.raises(RetrievalError, match=r"qrels\.tsv:1: no line of column names"):
        read_own(documents, half="report", folder=own_set)


@pytest.mark.parametrize(("name", "text"), [("queries.jsonl", ""), ("qrels.tsv", f"{HEADER}\n")])
def test_an_empty_file_is_refused(name: str, text: str, own_set: Path, documents: Mapping[str, Document]) -> None:
    (own_set / name).write_text(text, encoding="utf-8")
    with pytest.raises(RetrievalError, match=name):
        read_own(documents, half="report", folder=own_set)


def test_a_file_that_is_not_there_is_named(own_set: Path, documents: Mapping[str, Document]) -> None:
    (own_set / "queries.jsonl").unlink()
    with pytest.raises(RetrievalError, match=r"queries\.jsonl.*cannot be read"):
        read_own(documents, half="report", folder=own_set)
