"""Each format of labelled claims: what is read from a small file, and what is refused with which words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from evals.citations.formats.brought import read_brought
from evals.citations.formats.expertqa import read_expertqa
from evals.citations.formats.healthver import read_healthver
from evals.citations.formats.nli4ct import read_nli4ct
from evals.citations.formats.own import read_own
from evals.citations.formats.reading import FAULTS_SHOWN, PairsError
from evals.citations.formats.scifact import read_scifact
from evals.citations.pairs import absent_sets, load_sets
from rag.errors import UserError
from tests.evals.conftest import Write

OWN: dict[str, Any] = {
    "id": "a",
    "claim": "Relief of 40 % is enough.",
    "passage": "Relief of at least 40 % is needed.",
    "source": "plan#repeat",
    "label": "supported",
    "kind": "number",
    "group": "g",
    "half": "report",
}
BROUGHT = {"claim": "It rained.", "passage": "It rained all day.", "label": "supported"}
SCIFACT = {
    "split": "train",
    "claim_id": 7,
    "claim": "A lowers B.",
    "doc_id": 11,
    "label": "CONTRADICT",
    "rationale": [],
}
ABSTRACT = {"_id": "11", "title": "On A", "text": "A raised B.", "metadata": {}}
TRIAL = {"nct": "NCT1", "role": "primary", "section": "Results", "lines": ["Outcome:", "  12 of 40"]}
NLI4CT: dict[str, Any] = {
    "id": "n",
    "type": "Single",
    "section": "Results",
    "statement": "12 had it.",
    "label": "Entailment",
    "evidence": [TRIAL],
}
EXPERT_CLAIM = {
    "claim_string": "Sleep helps [1].",
    "evidence": ["[1] https://a.org/x\n\nSleep helps."],
    "support": "Complete",
}


def expertqa(*claims: dict[str, Any]) -> dict[str, Any]:
    return {"question": "Does sleep help?", "answers": {"writer": {"claims": list(claims)}}}


def test_a_pair_of_the_project_keeps_its_half_and_its_source(write: Write) -> None:
    (pair,) = read_own(write("pairs.jsonl", OWN))
    assert (pair.id, pair.supported, pair.half, pair.source) == ("a", True, "report", "plan#repeat")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"label": "true"}, "`label` is 'true'. Use one of 'supported' or 'unsupported'"),
        ({"half": "test"}, "`half` is 'test'"),
        ({"claim": " "}, "`claim`"),
        ({"remark": "x"}, "unknown key `remark`"),
        ({"claim": 5}, "`claim` is 5, not text"),
        ({}, "the id a stands at line 1 too"),
        ({"id": "b", "half": "calibrate"}, "the group g is in both halves. Put it into report"),
    ],
)
def test_a_fault_in_the_projects_pairs_names_its_line(write: Write, changes: dict[str, Any], says: str) -> None:
    file = write("pairs.jsonl", OWN, OWN | changes)
    with pytest.raises(PairsError) as caught:
        read_own(file)
    assert str(caught.value).startswith(f"{file}:2: ")
    assert says in str(caught.value)


def test_every_fault_is_told_up_to_a_limit(write: Write) -> None:
    file = write("mine.jsonl", *(["{}"] * (FAULTS_SHOWN + 3)))
    with pytest.raises(PairsError) as caught:
        read_brought(file)
    told = str(caught.value).splitlines()
    assert len(told) == FAULTS_SHOWN + 1
    assert told[-1] == "... and 3 more."


def test_a_file_without_a_line_is_refused(write: Write) -> None:
    with pytest.raises(PairsError, match="no claim in it"):
        read_brought(write("mine.jsonl"))


def test_brought_pairs_may_say_that_the_passage_contradicts(write: Write) -> None:
    labels = ("supported", "unsupported", "contradicted")
    pairs = read_brought(write("mine.jsonl", *(BROUGHT | {"claim": label, "label": label} for label in labels)))
    assert [(pair.supported, pair.contradicted) for pair in pairs] == [(True, False), (False, False), (False, True)]


def test_brought_pairs_have_no_keys_of_their_own(write: Write) -> None:
    with pytest.raises(PairsError, match="unknown key `source`"):
        read_brought(write("mine.jsonl", BROUGHT | {"source": "x"}))


@pytest.mark.parametrize("place", ["corpus.jsonl", "retrieval/scifact-train/corpus.jsonl"])
def test_a_scifact_claim_is_set_beside_its_whole_abstract(write: Write, place: str) -> None:
    write(place, ABSTRACT)
    (pair,) = read_scifact(write("scifact_train.jsonl", SCIFACT))
    assert (pair.claim, pair.passage, pair.supported, pair.contradicted) == ("A lowers B.", "A raised B.", False, True)


def test_scifact_abstracts_may_lie_one_folder_up(write: Write) -> None:
    write("retrieval/scifact-train/corpus.jsonl", ABSTRACT)
    assert read_scifact(write("claims/scifact_train.jsonl", SCIFACT))[0].passage == "A raised B."


def test_scifact_without_its_abstracts_says_where_they_are_looked_for(write: Write) -> None:
    with pytest.raises(PairsError, match=r"Put them at one of: corpus\.jsonl"):
        read_scifact(write("scifact_train.jsonl", SCIFACT))


def test_a_scifact_claim_on_an_unknown_abstract_names_its_line(write: Write) -> None:
    write("corpus.jsonl", ABSTRACT)
    with pytest.raises(PairsError, match=r"scifact_train\.jsonl:2: document 12 is not in corpus\.jsonl"):
        read_scifact(write("scifact_train.jsonl", SCIFACT, SCIFACT | {"doc_id": 12}))


def test_trial_lines_are_joined_under_the_role_of_their_trial(write: Write) -> None:
    second = {**TRIAL, "nct": "NCT2", "role": "secondary", "lines": ["1 of 9"]}
    (pair,) = read_nli4ct(write("nli4ct_train.jsonl", NLI4CT | {"evidence": [TRIAL, second]}))
    assert pair.passage == "Primary trial:\nOutcome:\n12 of 40\nSecondary trial:\n1 of 9"
    assert (pair.supported, pair.contradicted) == (True, False)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"label": "Neutral"}, "`label` is 'Neutral'"),
        ({"evidence": []}, "`evidence`"),
        ({"statement": ""}, "`statement`"),
    ],
)
def test_a_fault_in_trial_statements_names_its_line(write: Write, changes: dict[str, Any], says: str) -> None:
    with pytest.raises(PairsError, match=r"nli4ct_train\.jsonl:1: ") as caught:
        read_nli4ct(write("nli4ct_train.jsonl", NLI4CT | changes))
    assert says in str(caught.value)


def test_healthver_is_read_from_csv_with_line_breaks_inside_quotes(write: Write) -> None:
    file = write("healthver_dev.csv", "id,evidence,claim,label,topic_ip", '1,"two\nlines",It spreads,Refutes,4')
    (pair,) = read_healthver(file)
    assert (pair.passage, pair.supported, pair.contradicted) == ("two\nlines", False, True)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["id,evidence,claim", "1,e,c"], "key `label` is missing"),
        (["id,evidence,claim,label", "1,e,c,Maybe"], "`label` is 'Maybe'"),
        (["id,evidence,claim,label", '1,"e"x,c,Neutral'], "not valid CSV"),
        (["id,evidence,claim,label"], "no claim in it"),
    ],
)
def test_a_fault_in_healthver_names_the_file(write: Write, rows: list[str], says: str) -> None:
    file = write("healthver_dev.csv", *rows)
    with pytest.raises(PairsError) as caught:
        read_healthver(file)
    assert str(caught.value).startswith(f"{file}:")
    assert says in str(caught.value)


def test_of_expert_judgements_those_with_a_verdict_and_a_text_are_used(write: Write) -> None:
    address_alone = EXPERT_CLAIM | {"evidence": ["[1] https://a.org/x"]}
    partial = EXPERT_CLAIM | {"claim_string": "Sleep cures [1][2].", "support": "Partial"}
    others = [EXPERT_CLAIM | {"support": verdict} for verdict in ("N/A", "Missing", None)]
    pairs = read_expertqa(write("expertqa_val.jsonl", expertqa(EXPERT_CLAIM, partial, address_alone, *others)))
    assert [(pair.claim, pair.passage, pair.supported) for pair in pairs] == [
        ("Sleep helps.", "Sleep helps.", True),
        ("Sleep cures.", "Sleep helps.", False),
    ]


def test_a_fault_in_expert_judgements_names_its_line(write: Write) -> None:
    with pytest.raises(PairsError, match=r"expertqa_val\.jsonl:2: key `answers` is missing"):
        read_expertqa(write("expertqa_val.jsonl", expertqa(EXPERT_CLAIM), {"question": "?"}))


def test_a_folder_gives_its_public_sets_and_whatever_else_is_brought(write: Write, tmp_path: Path) -> None:
    own = write("own/pairs.jsonl", OWN)
    write("data/corpus.jsonl", ABSTRACT)
    write("data/scifact_train.jsonl", SCIFACT)
    write("data/mine.jsonl", BROUGHT)
    sets = load_sets(tmp_path / "data", own=own)
    assert {name: len(pairs) for name, pairs in sets.items()} == {"own": 1, "scifact_train": 1, "mine.jsonl": 1}
    absent = absent_sets(tmp_path / "data", own=own)
    assert [remark.split(" in ")[0] for remark in absent] == [
        "No nli4ct_*.jsonl",
        "No healthver_*.csv",
        "No expertqa_*.jsonl",
    ]


def test_without_a_folder_only_the_projects_pairs_are_there_and_this_is_said(write: Write, tmp_path: Path) -> None:
    assert list(load_sets(None, own=write("pairs.jsonl", OWN))) == ["own"]
    assert any("--data" in remark for remark in absent_sets(None, own=tmp_path / "pairs.jsonl"))
    assert "no figures for the set own" in absent_sets(None, own=tmp_path / "nowhere.jsonl")[0]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"There is no folder .*nowhere"):
        load_sets(tmp_path / "nowhere")
