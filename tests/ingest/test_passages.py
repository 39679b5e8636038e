"""Passages are exact spans of section text, small enough for the encoder."""

from itertools import pairwise
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from ingest.documents import load_documents
from ingest.encoder import OnnxEncoder
from ingest.passages import MAX_PIECES, SPECIAL_PIECES, passages_of, split_spans
from tests.conftest import write_document


def count_words(text: str) -> int:
    return len(text.split())


def test_a_short_section_is_one_passage_with_all_a_filter_needs(small_corpus: Path) -> None:
    repeat, guidance, facet, harm = passages_of(load_documents(small_corpus), count_pieces=count_words)
    assert (repeat.document_id, repeat.anchor, repeat.start, repeat.end) == (
        "plan-a-epidural",
        "repeat",
        0,
        len("A repeat needs half the pain gone for two weeks."),
    )
    assert repeat.codes == ("62320", "62321", "M54.1")
    assert (repeat.payer, repeat.uses) == ("plan-a", ("policy",))
    assert (guidance.regions, guidance.approaches) == (("cervical",), ("interlaminar",))
    assert str(facet.effective_to) == "2023-12-31"
    assert (harm.kind, harm.payer) == ("safety", None)


def test_the_id_changes_with_the_text_and_with_nothing_else(tmp_path: Path) -> None:
    def ids(body: str, **fields: str) -> list[str]:
        write_document(tmp_path, "a", body, **fields)
        return [passage.id for passage in passages_of(load_documents(tmp_path), count_pieces=count_words)]

    first = ids("## A {#a}\n\nOne text.\n")
    assert first[0].startswith("a#a:")
    assert ids("## A {#a use=safety}\n\nOne text.\n", effective="{from: null, to: null}") == first
    assert ids("## A {#a}\n\nAnother text.\n") != first


def test_a_long_section_is_cut_at_block_and_sentence_borders(tmp_path: Path) -> None:
    sentences = [f"Sentence {number} says that relief must last for weeks." for number in range(80)]
    body = f"## Long {{#long}}\n\n{' '.join(sentences[:40])}\n\n{' '.join(sentences[40:])}\n"
    write_document(tmp_path, "a", body)
    documents = load_documents(tmp_path)
    section = documents["a"].sections[0]
    encoder = OnnxEncoder()
    passages = passages_of(documents, count_pieces=encoder.count_pieces)
    assert len(passages) > 2
    assert all(section.text[passage.start : passage.end] == passage.text for passage in passages)
    assert all(passage.text.endswith("weeks.") for passage in passages)
    assert not any("39 says" in passage.text and "40 says" in passage.text for passage in passages)
    longest = max(encoder.count_pieces(passage.embedded_text) for passage in passages)
    assert MAX_PIECES // 2 < longest <= MAX_PIECES - SPECIAL_PIECES


@given(
    text=st.text(alphabet=st.sampled_from("ab ,;.|\nÄ- "), max_size=300).map(str.strip),
    limit=st.integers(min_value=1, max_value=20),
)
def test_spans_fit_cover_every_word_and_never_overlap(text: str, limit: int) -> None:
    spans = split_spans(text, limit=limit, count_pieces=len)
    assert all(1 <= end - start <= limit for start, end in spans if text)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {position for start, end in spans for position in range(start, end)}
    assert all(position in covered for position, character in enumerate(text) if not character.isspace())
