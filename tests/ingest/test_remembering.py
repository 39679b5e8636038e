"""The remembering encoder gives the same vectors and asks for each text once."""

import numpy as np

from ingest.remembering import RememberingEncoder
from tests.conftest import WordEncoder


def test_a_text_is_encoded_once_and_its_vector_is_the_same(word_encoder: WordEncoder) -> None:
    remembering = RememberingEncoder(word_encoder)
    texts = ["relief lasted", "three months", "relief lasted"]
    expected = WordEncoder().encode(texts)
    for _ in range(2):
        assert np.array_equal(remembering.encode(texts), expected)
    assert word_encoder.encoded == ["relief lasted", "three months"]


def test_what_was_not_used_for_long_is_forgotten(word_encoder: WordEncoder) -> None:
    remembering = RememberingEncoder(word_encoder, size=2)
    for text in ("one", "two", "one", "three", "one", "two"):
        remembering.encode([text])
    assert word_encoder.encoded == ["one", "two", "three", "two"]
