"""The reader's data files: strict, and enough by themselves to teach it something new."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ingest.errors import CorpusError, CorpusErrors
from rag.case.knowledge import Lexicon, load_reading_knowledge
from rag.case.reader import read_case
from rag.criteria.values import OneOf

CORPUS = Path(__file__).parents[2] / "corpus"
FILES = ("vocabulary.yaml", "phrases.yaml", "context.yaml", "codes.yaml", "payers.yaml")


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for name in FILES:
        shutil.copy(CORPUS / name, tmp_path / name)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_new_fact_and_its_phrase_need_no_python(corpus: Path) -> None:
    change(
        corpus / "vocabulary.yaml",
        "facts:\n",
        'facts:\n  lifestyle.smoker: {type: boolean, label: "smoker", question: "Does the patient smoke?"}\n',
    )
    change(
        corpus / "phrases.yaml",
        "\nrules:\n",
        "\nrules:\n  - {fact: lifestyle.smoker, value: true, negated: opposite, patterns: ['smok(?:es|er|ing)']}\n",
    )
    lexicon = load_reading_knowledge(corpus)
    for text, value in (("She smokes.", True), ("He denies smoking.", False)):
        (fact,) = read_case(text, knowledge=lexicon).facts
        assert (fact.id, fact.value) == ("lifestyle.smoker", value)
    assert not read_case("Her father smokes.", knowledge=lexicon).facts


def test_a_new_procedure_code_needs_no_python(corpus: Path) -> None:
    change(
        corpus / "codes.yaml",
        "procedures:\n",
        'procedures:\n  "00001": {family: epidural-injection, label: "invented", basis: unconfirmed, '
        "implies: {procedure.approach: caudal}}\n",
    )
    case = read_case("Is 00001 covered?", knowledge=load_reading_knowledge(corpus))
    assert {fact.id: fact.value for fact in case.facts} == {
        "procedure.code": ("00001",),
        "procedure.approach": "caudal",
    }


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("phrases.yaml", "\nrules:\n", "\nrules:\n  - {fact: no.such, value: true, patterns: [x]}\n", "no.such"),
        (
            "phrases.yaml",
            "\nrules:\n",
            "\nrules:\n  - {fact: pain.score, value: true, patterns: [x]}\n",
            "does not fit a score",
        ),
        (
            "phrases.yaml",
            "\nrules:\n",
            "\nrules:\n  - {fact: exclusion.pregnancy, value: true, patterns: ['{nothing}']}\n",
            "{nothing}",
        ),
        (
            "phrases.yaml",
            "\nrules:\n",
            "\nrules:\n  - {fact: exclusion.pregnancy, value: true, patterns: ['(']}\n",
            "regular expression",
        ),
        (
            "phrases.yaml",
            "\nrules:\n",
            "\nrules:\n  - {fact: exclusion.pregnancy, value: true, pattern: [x]}\n",
            "unknown key",
        ),
        ("phrases.yaml", "\nrules:\n", "\nrules:\n  - {fact: pain.score, patterns: [x]}\n", "needs a value"),
        ("context.yaml", "\ncues:\n", "\ncues:\n  - {kind: mood, patterns: [x]}\n", "unknown kind 'mood'"),
        (
            "context.yaml",
            "\ncues:\n",
            "\ncues:\n  - {kind: plan, stops: [nowhere], patterns: [x]}\n",
            "unknown stops 'nowhere'",
        ),
        (
            "codes.yaml",
            "procedures:\n",
            'procedures:\n  "00001": {family: none-such, label: x, basis: secondary}\n',
            "no family 'none-such'",
        ),
        (
            "codes.yaml",
            "procedures:\n",
            'procedures:\n  "64490": {family: epidural-injection, label: x, basis: secondary}\n',
            "64490",
        ),
        ("payers.yaml", "payers:\n", 'payers:\n  - {id: aetna, name: "Another"}\n', "declared twice"),
        (
            "vocabulary.yaml",
            "\nderivations:\n",
            "\nderivations:\n  - {fact: pain.score, value: 200, when: exclusion.pregnancy, reason: x}\n",
            "outside",
        ),
        (
            "vocabulary.yaml",
            "\nderivations:\n",
            "\nderivations:\n  - {fact: pain.score, value: 2, when: no.such, reason: x}\n",
            "'no.such' is not declared",
        ),
    ],
)
def test_a_mistake_is_named_with_file_line_and_remedy(corpus: Path, file: str, old: str, new: str, said: str) -> None:
    change(corpus / file, old, new)
    with pytest.raises((CorpusError, CorpusErrors)) as error:
        load_reading_knowledge(corpus)
    message = str(error.value)
    assert said in message
    assert f"{file}:" in message


def test_codes_of_the_epidural_family_say_what_they_are(lexicon: Lexicon) -> None:
    book = lexicon.codes
    assert book.procedures["62321"].approaches == {"interlaminar"}
    assert book.procedures["62321"].regions == {"cervical", "thoracic"}
    assert book.procedures["62322"].implies["procedure.guidance"] == OneOf(frozenset({"none"}))
    assert book.procedures["64484"].add_on
    assert book.procedures["62324"].implies["procedure.catheter"] is True
    family = book.family_of("27447")
    assert family is not None
    assert family.label == "knee replacement"


def test_no_code_says_how_severe_how_long_or_how_well_treated(lexicon: Lexicon) -> None:
    barred = ("prior_injection.", "pain.", "conservative_care.", "imaging.", "emg.", "exam.")
    implied = [name for code in lexicon.codes.procedures.values() for name in code.implies]
    implied += [name for group in lexicon.codes.groups for name in (*group.implies, *group.implies_alone)]
    assert not [name for name in implied if name.startswith(barred)]


def test_every_interval_a_word_stands_for_has_its_reason(lexicon: Lexicon) -> None:
    for rule in lexicon.phrases.rules:
        quantity = rule.spec is not None and rule.spec.type in ("percent", "duration")
        if quantity and rule.value is not None:
            assert rule.raw.reason, rule.raw.patterns


def test_diagnosis_groups_are_found_by_code_or_by_its_beginning(lexicon: Lexicon) -> None:
    group = lexicon.codes.group_of("M50.021")
    assert group is not None
    assert group.regions("M50.021") == frozenset({"cervical"})
    assert lexicon.codes.group_of("Z99.9") is None
    plain = lexicon.codes.group_of("M47.812")
    assert plain is not None
    assert OneOf not in {type(value) for value in plain.implies.values()}
