"""Search joins meaning and words, is repeatable, and knows when it has nothing."""

from pathlib import Path

import numpy as np
import pytest

from ingest.documents import corpus_root, load_documents
from ingest.index import open_index
from rag.retrieval import GuidelineRetriever, Searcher, SearchFilters, is_relevant, search
from rag.retrieval.fusion import FusionWeights, fuse
from rag.retrieval.lexical import LexicalIndex
from tests.conftest import WordEncoder, write_document


def test_the_passage_that_speaks_of_it_comes_first(searcher: Searcher) -> None:
    hits = searcher.search("stroke and paralysis after injection")
    assert hits[0].passage.anchor == "harm"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert hits[0].lexical == 1.0
    assert hits[0].similarity == max(hit.similarity for hit in hits)


def test_every_candidate_carries_its_true_cosine_similarity(searcher: Searcher) -> None:
    query = searcher.index.encoder.encode(["facet ablation"])[0]
    for hit in searcher.search("facet ablation", k=4):
        vector = searcher.index.encoder.encode([hit.passage.embedded_text])[0]
        assert hit.similarity == pytest.approx(float(np.dot(query, vector)), abs=1e-4)


def test_a_code_alone_finds_the_documents_that_list_it(searcher: Searcher) -> None:
    hits = searcher.search("64493", k=1)
    assert hits[0].passage.document_id == "plan-b-facet"
    assert hits[0].matched_codes == ("64493",)
    assert is_relevant(hits)


def test_a_question_in_no_words_of_the_corpus_has_no_source(searcher: Searcher) -> None:
    hits = searcher.search("weather tomorrow in Cleveland")
    assert hits
    assert not is_relevant(hits)
    assert not is_relevant([])


@pytest.mark.parametrize("query", ["", "   ", "?!"])
def test_a_query_without_words_is_no_fault(searcher: Searcher, query: str) -> None:
    assert not is_relevant(searcher.search(query))


def test_at_most_so_many_passages_of_one_document_are_returned(searcher: Searcher) -> None:
    documents = [hit.passage.document_id for hit in searcher.search("epidural", max_per_document=1)]
    assert len(documents) == len(set(documents)) == 3
    assert len(searcher.search("epidural", k=2)) == 2
    assert searcher.search("epidural", k=0) == []


def test_a_filter_reaches_a_passage_far_down_the_unfiltered_list(tmp_path: Path, word_encoder: WordEncoder) -> None:
    corpus = tmp_path / "corpus"
    for number in range(120):
        write_document(corpus, f"near-{number}", f"## S {{#s}}\n\nRelief of pain case {number}.\n")
    write_document(corpus, "far", "## Other {#o}\n\nNothing of the kind.\n", kind="safety", title="Far")
    searcher = Searcher(open_index(corpus, encoder=word_encoder, directory=tmp_path / "index"))
    assert "far" not in {hit.passage.document_id for hit in searcher.search("relief of pain", k=8)}
    (hit,) = searcher.search("relief of pain", filters=SearchFilters(kind=("safety",)), k=8)
    assert hit.passage.document_id == "far"


def test_a_rebuilt_index_gives_the_same_hits(
    small_corpus: Path, word_encoder: WordEncoder, tmp_path: Path, searcher: Searcher
) -> None:
    other = open_index(small_corpus, encoder=word_encoder, directory=tmp_path / "other")
    assert search("repeat after relief", index=other) == searcher.search("repeat after relief")


def test_precise_queries_lean_on_words_and_everyday_ones_on_meaning(searcher: Searcher) -> None:
    words = LexicalIndex(searcher.index.passages)
    assert words.precision("62321") == 1.0
    assert words.precision("a plan for an injection") < words.precision("62321 for an injection") < 1.0
    assert words.precision("nothing known here") == 0.0
    weights = FusionWeights(everyday=0.2, precise=0.8)
    assert [weights.lexical(share) for share in (0.0, 0.5, 1.0)] == pytest.approx([0.2, 0.5, 0.8])
    assert fuse(similarity=0.5, lexical=1.0, lexical_weight=0.2) == pytest.approx(0.6)
    assert fuse(similarity=-0.5, lexical=0.0, lexical_weight=0.2) == 0.0


def test_the_langchain_retriever_returns_documents_with_their_source(searcher: Searcher) -> None:
    retriever = GuidelineRetriever(searcher=searcher, filters=SearchFilters(payer=("plan-a",)), k=1)
    (document,) = retriever.invoke("repeat needs half the pain gone")
    assert document.page_content == "A repeat needs half the pain gone for two weeks."
    assert document.id is not None
    assert document.id.startswith("plan-a-epidural#repeat:")
    assert document.metadata["payer"] == "plan-a"
    assert document.metadata["effective_from"] == "2025-01-01"
    assert (document.metadata["start"], document.metadata["end"]) == (0, len(document.page_content))
    assert document.metadata["score"] > 0
    assert retriever.invoke("weather in Cleveland") == []


def test_every_passage_of_the_shipped_corpus_is_an_exact_span_of_its_section(word_encoder: WordEncoder) -> None:
    from ingest.encoder import OnnxEncoder
    from ingest.passages import passages_of

    documents = load_documents(corpus_root())
    passages = passages_of(documents, count_pieces=OnnxEncoder().count_pieces)
    assert len({passage.id for passage in passages}) == len(passages) >= len(documents) > 0
    for passage in passages:
        section = documents[passage.document_id].section(passage.anchor)
        assert section is not None
        assert section.text[passage.start : passage.end] == passage.text
