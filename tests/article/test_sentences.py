"""Sentences as they stand in a passage: abbreviations and numbers end none."""

import pytest

from rag.article.sentences import first_sentence, sentences


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("One finding. Another one.", "One finding."),
        ("Cohen et al. found 56.9 % against 26.8 %. More.", "Cohen et al. found 56.9 % against 26.8 %."),
        ("Drugs, e.g. Gabapentin, were given. Then not.", "Drugs, e.g. Gabapentin, were given."),
        ("Only one, without an end", "Only one, without an end"),
        ("(Pain Physician 2014;17:E575) is a source. Next.", "(Pain Physician 2014;17:E575) is a source."),
        ("- a list item\n- another", "- a list item"),
        ("", ""),
    ],
)
def test_the_first_sentence_stands_as_it_is(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_offsets_cut_the_text_itself() -> None:
    text = "One. Two is 2.5 %!\n\nThree? Four"
    assert [text[start:end] for start, end in sentences(text)] == ["One.", "Two is 2.5 %!", "Three?", "Four"]
