"""The optional model: both kinds of heads, and a clear word where there is no model."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ingest.errors import ModelError
from rag.guard.support.entailment import CrossEncoderEntailment


def tiny_model(folder: Path, labels: dict[int, str]) -> Path:
    """A random cross-encoder with two layers' worth of nothing learned, saved like a real one."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "pain", "relief", "plan", "covers"]
    tokenizer = Tokenizer(WordLevel({word: place for place, word in enumerate(words)}, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()
    torch.manual_seed(1)
    sizes: dict[str, Any] = {"hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 8}
    config = BertConfig(
        vocab_size=len(words), id2label=labels, label2id={name: number for number, name in labels.items()}, **sizes
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    fast: Any = PreTrainedTokenizerFast
    fast(
        tokenizer_object=tokenizer, pad_token="[PAD]", unk_token="[UNK]", cls_token="[CLS]", sep_token="[SEP]"
    ).save_pretrained(folder)
    return folder


@pytest.mark.parametrize(
    "labels", [{0: "contradiction", 1: "Entailment", 2: "neutral"}, {0: "LABEL_0"}], ids=["nli", "single score"]
)
def test_a_model_gives_a_probability(labels: dict[int, str], tmp_path: Path) -> None:
    model = CrossEncoderEntailment(str(tiny_model(tmp_path, labels)))
    first = model.entails("plan covers pain relief", "plan covers relief")
    assert 0 < first < 1
    assert model.entails("plan covers pain relief", "plan covers relief") == first
    assert model.name == str(tmp_path)


def test_the_entailment_label_is_the_one_that_counts(tmp_path: Path) -> None:
    first = {0: "entailment", 1: "neutral", 2: "contradiction"}
    last = {0: "contradiction", 1: "neutral", 2: "entailment"}
    one = CrossEncoderEntailment(str(tiny_model(tmp_path / "one", first)))
    other = CrossEncoderEntailment(str(tiny_model(tmp_path / "other", last)))
    assert one.entails("pain", "relief") != pytest.approx(other.entails("pain", "relief"))


def test_a_model_without_an_entailment_label_is_refused(tmp_path: Path) -> None:
    model = CrossEncoderEntailment(str(tiny_model(tmp_path, {0: "yes", 1: "no"})))
    with pytest.raises(ModelError, match="no label"):
        model.entails("pain", "relief")


def test_a_model_that_is_not_there_is_named_with_a_remedy(tmp_path: Path) -> None:
    model = CrossEncoderEntailment(str(tmp_path / "nowhere"))
    with pytest.raises(ModelError, match=r"nowhere.*leave the entailment model out"):
        model.entails("pain", "relief")
