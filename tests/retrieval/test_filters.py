"""Filters accept what is known, refuse what is not, and let through what is not restricted."""

import datetime
from pathlib import Path

import pytest

from rag.retrieval import FilterError, Searcher, SearchFilters


def anchors(searcher: Searcher, **values: object) -> set[str]:
    filters = SearchFilters.of(values)
    return {hit.passage.anchor for hit in searcher.search("injection", filters=filters, k=20)}


ALL = {"repeat", "guidance", "facet", "harm"}


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, ALL),
        ({"payer": "plan-a"}, {"repeat", "guidance"}),
        ({"payer": ["Plan-A", "plan-b"]}, {"repeat", "guidance", "facet"}),
        ({"kind": "safety"}, {"harm"}),
        ({"use": "policy"}, {"repeat"}),
        ({"use": ["pitfalls", "policy"]}, {"repeat", "harm"}),
        ({"document": "plan-b-facet"}, {"facet"}),
        ({"region": "cervical"}, {"repeat", "guidance", "harm"}),
        ({"region": "lumbar"}, {"repeat", "facet", "harm"}),
        ({"approach": "caudal"}, {"repeat", "facet", "harm"}),
        ({"code": "62321"}, {"repeat", "guidance", "harm"}),
        ({"code": "64493"}, {"facet", "harm"}),
        ({"code": "M54.12"}, ALL),
        ({"code": "M48.061"}, {"facet", "harm"}),
        ({"code": ["64493", "M48.061"]}, {"facet", "harm"}),
        ({"on": "2023-12-31"}, {"facet"}),
        ({"on": "2025-01-01"}, {"repeat", "guidance", "harm"}),
        ({"payer": "plan-a", "region": "lumbar"}, {"repeat"}),
        ({"payer": "plan-b", "on": datetime.date(2026, 1, 1)}, set()),
    ],
)
def test_a_search_returns_what_all_filters_allow(
    searcher: Searcher, values: dict[str, object], found: set[str]
) -> None:
    assert anchors(searcher, **values) == found


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"planet": "mars"}, r"no filter `planet`\. Known filters: code, payer, region"),
        ({"payer": "plan-x"}, r"no payer `plan-x`\. Known values: plan-a, plan-b"),
        ({"kind": "rumour"}, r"Known values: evidence, guideline, policy, regulation, safety"),
        ({"region": "knee"}, r"Known values: cervical, lumbar, sacral, thoracic"),
        ({"approach": "sideways"}, r"Known values: caudal, interlaminar, transforaminal"),
        ({"use": "decoration"}, r"no use `decoration`"),
        ({"document": "plan-z"}, r"Known values: plan-a-epidural, plan-b-facet, warning"),
        ({"code": "injection"}, r"`injection` is no code\. Codes look like 12345"),
        ({"on": "soon"}, r"Filter `on`: .* written 2026-02-12"),
        ({"payer": 7}, r"Filter `payer`"),
    ],
)
def test_an_unknown_key_or_value_is_an_error_that_lists_the_known_ones(
    searcher: Searcher, values: dict[str, object], message: str
) -> None:
    with pytest.raises(FilterError, match=message):
        anchors(searcher, **values)


def test_a_store_that_holds_more_than_the_corpus_is_not_believed(searcher: Searcher) -> None:
    index = searcher.index
    first, second = index.passages[0].id, index.passages[1].id
    stolen = index.vectors([second])[second]
    store = index._store
    store.delete([first])
    store.add(["stranger#x:1"], stolen.reshape(1, -1))
    found = {hit.passage.id for hit in searcher.search("fluoroscopy", k=20)}
    assert "stranger#x:1" not in found
    assert second in found


def test_the_retrieval_package_is_light_to_import(small_corpus: Path) -> None:
    import subprocess
    import sys

    heavy = "('chromadb', 'bm25s', 'langchain_core', 'onnxruntime', 'torch')"
    program = (
        f"import sys, rag.retrieval; from rag.retrieval import search; print([m for m in {heavy} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
