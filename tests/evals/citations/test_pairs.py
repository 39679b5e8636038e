"""The labelled sentences on passages of the corpus are sound enough to measure a citation guard with."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal, get_args

import pytest

from ingest.documents import Document, corpus_root, load_documents
from ingest.front_matter import CorpusModel, Text

FOLDER = Path(__file__).resolve().parents[3] / "evals" / "data" / "citations"

Label = Literal["supported", "unsupported"]
Half = Literal["calibrate", "report"]
TrueKind = Literal["paraphrase", "quote", "partial"]
MainKind = Literal["number", "comparator", "polarity", "payer", "version", "population"]
RarerKind = Literal["modality", "quantifier", "fabrication"]


class Pair(CorpusModel):
    id: Text
    claim: Text
    passage: Text
    source: Text
    label: Label
    kind: TrueKind | MainKind | RarerKind
    group: Text | None
    half: Half

    @property
    def document(self) -> str:
        return self.source.partition("#")[0]


@pytest.fixture(scope="module")
def pairs() -> Sequence[Pair]:
    lines = (FOLDER / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    return [Pair.model_validate_json(line) for line in lines]


@pytest.fixture(scope="module")
def documents() -> Mapping[str, Document]:
    return load_documents(corpus_root())


def test_every_pair_has_an_id_of_its_own(pairs: Sequence[Pair]) -> None:
    assert [name for name, count in Counter(pair.id for pair in pairs).items() if count > 1] == []


def test_no_sentence_is_asked_twice(pairs: Sequence[Pair]) -> None:
    assert [claim for claim, count in Counter(pair.claim for pair in pairs).items() if count > 1] == []


def test_there_are_at_least_300_pairs_and_about_half_of_them_are_supported(pairs: Sequence[Pair]) -> None:
    supported = sum(pair.label == "supported" for pair in pairs)
    assert len(pairs) >= 300
    assert 0.45 <= supported / len(pairs) <= 0.55


def test_each_half_is_balanced_too(pairs: Sequence[Pair]) -> None:
    for half in get_args(Half):
        labels = [pair.label for pair in pairs if pair.half == half]
        assert 0.45 <= labels.count("supported") / len(labels) <= 0.55, half


def test_every_passage_stands_in_the_section_that_its_source_names(
    pairs: Sequence[Pair], documents: Mapping[str, Document]
) -> None:
    for pair in pairs:
        section = documents[pair.document].section(pair.source.partition("#")[2])
        assert section is not None, pair.source
        assert pair.passage in section.text, pair.id


def test_every_document_of_the_corpus_is_asked_about(pairs: Sequence[Pair], documents: Mapping[str, Document]) -> None:
    assert {pair.document for pair in pairs} == set(documents)


def test_the_kind_fits_the_label(pairs: Sequence[Pair]) -> None:
    wrong = [pair.id for pair in pairs if (pair.label == "supported") != (pair.kind in get_args(TrueKind))]
    assert wrong == []


@pytest.mark.parametrize("kind", get_args(MainKind))
def test_each_main_kind_of_error_is_common_enough_to_report(kind: str, pairs: Sequence[Pair]) -> None:
    halves = Counter(pair.half for pair in pairs if pair.kind == kind)
    assert halves.total() >= 20
    assert min(halves[half] for half in get_args(Half)) >= 10


def test_few_supported_sentences_are_nearly_quotes(pairs: Sequence[Pair]) -> None:
    kinds = Counter(pair.kind for pair in pairs if pair.label == "supported")
    assert kinds["quote"] / kinds.total() <= 0.15


def test_no_document_stands_in_both_halves(pairs: Sequence[Pair]) -> None:
    halves: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        halves[pair.document].add(pair.half)
    assert [document for document, found in halves.items() if len(found) > 1] == []


def test_a_group_sets_a_supported_sentence_against_unsupported_ones_on_one_passage(pairs: Sequence[Pair]) -> None:
    groups: dict[str, list[Pair]] = defaultdict(list)
    for pair in pairs:
        if pair.group is not None:
            groups[pair.group].append(pair)
    for name, members in groups.items():
        assert {pair.label for pair in members} == set(get_args(Label)), name
        assert len({pair.claim for pair in members}) == len(members), name
        assert len({(pair.source, pair.passage) for pair in members}) == 1, name


def test_no_sentence_is_the_passage_itself(pairs: Sequence[Pair]) -> None:
    assert [pair.id for pair in pairs if pair.claim.casefold() == pair.passage.casefold()] == []


def test_the_readme_shows_the_counts(pairs: Sequence[Pair]) -> None:
    counts = Counter((pair.label, pair.kind, pair.half) for pair in pairs)
    rows = [row.split(" | ") for row in (FOLDER / "README.md").read_text(encoding="utf-8").splitlines()]
    shown = {
        (row[0].removeprefix("| "), row[1], half): int(row[place].removesuffix(" |"))
        for row in rows
        if row[0].removeprefix("| ") in get_args(Label)
        for half, place in (("calibrate", 3), ("report", 4))
    }
    assert shown == counts
