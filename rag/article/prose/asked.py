"""What of the question a model is shown: what is asked, not the record it is asked about."""

from __future__ import annotations

from ingest.instructions import instructs_a_model
from rag.article.sentences import sentences

#: Characters. A text up to this long is a question; a longer one is a question with a record.
SHORT_QUESTION = 400


#: What a reader is told where a text gives such orders; no model is shown them.
ORDERS_FOUND = (
    "The question holds words that give orders to a language model; they were read as data and followed by none."
)


def asked_words(text: str) -> str:
    """A short text as it is, of a longer one the sentences that ask; without any that give orders to a model."""
    spoken = [" ".join(text[start:end].split()) for start, end in sentences(text)]
    safe = [sentence for sentence in spoken if not instructs_a_model(sentence)]
    if len(text) > SHORT_QUESTION:
        safe = [sentence for sentence in safe if sentence.endswith("?")]
    return " ".join(safe)[:SHORT_QUESTION]
