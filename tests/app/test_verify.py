"""``verify``: a sentence against the words it cites, one or a file of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from app.given_pairs import GivenPair, given_pair, pairs_of_file
from app.verifying import verify_pairs
from ingest.documents import corpus_root, load_documents
from ingest.errors import CorpusError
from rag.guard.support.models import Evidence, Finding, Judgement
from tests.app.conftest import Run

CLAIM = "Relief lasted 3 months."
PASSAGE = "After the injection relief lasted 3 months."
WRONG = "Relief lasted 9 months."


def line(claim: str = CLAIM, passage: str = PASSAGE, **more: str) -> str:
    return json.dumps({"claim": claim, "passage": passage, **more})


class Verbatim:
    """Supports what stands in the evidence word for word."""

    def judge(self, claim: str, evidence: Sequence[Evidence]) -> Judgement:
        supported = any(claim in one.text for one in evidence)
        return Judgement(supported, float(supported), () if supported else (Finding("words", "not \x1b[2J there"),))


def judged(lines: list[str], tmp_path: Path, *, as_json: bool = False, fail: bool = False) -> int:
    file = tmp_path / "pairs.jsonl"
    file.write_text("\n".join(lines), encoding="utf-8")
    return verify_pairs(pairs_of_file(str(file)), Verbatim(), as_json=as_json, fail=fail)


def test_a_supported_sentence_is_said_to_be_so(run: Run) -> None:
    result = run("verify", "--claim", CLAIM, "--passage", PASSAGE)
    assert (result.code, result.out.splitlines()[0][:17]) == (0, "supported, score ")


def test_an_unsupported_sentence_is_an_answer_with_every_finding(run: Run) -> None:
    result = run("verify", "--claim", WRONG, "--passage", PASSAGE)
    assert result.code == 0
    first, *findings = result.out.splitlines()
    assert first.startswith("not supported, score ")
    assert any(found.startswith("  - numbers: ") and "9" in found for found in findings)


def test_fail_turns_an_unsupported_sentence_into_exit_code_1(run: Run) -> None:
    assert run("verify", "--fail", "--claim", WRONG, "--passage", PASSAGE).code == 1
    assert run("verify", "--fail", "--claim", CLAIM, "--passage", PASSAGE).code == 0


def test_json_is_the_judgement_and_nothing_else(run: Run, ready: None) -> None:
    result = run("verify", "--format", "json", "--claim", WRONG, "--passage", PASSAGE)
    judgement = json.loads(result.out)
    assert set(judgement) == {"supported", "score", "findings"}
    assert judgement["supported"] is False
    assert 0 <= judgement["score"] <= 1
    assert all(set(finding) == {"policy", "reason"} for finding in judgement["findings"])
    assert (result.code, result.err) == (0, "")


def test_a_file_gives_a_line_of_json_for_each_of_its_lines_in_order(run: Run, ready: None) -> None:
    result = run("verify", "--format", "json", "--file", "-", stdin=f"{line()}\n\n{line(WRONG)}\n{line()}\n")
    assert [json.loads(found)["supported"] for found in result.out.splitlines()] == [True, False, True]
    assert (result.code, result.err) == (0, "")


def test_the_same_pairs_give_the_same_bytes(run: Run) -> None:
    lines = "\n".join((line(), line(WRONG)))
    assert len({run("verify", "--file", "-", stdin=lines).out for _ in range(2)}) == 1


def test_a_bad_line_is_named_and_the_others_are_judged(run: Run, ready: None) -> None:
    lines = "\n".join((line(), "{", line(WRONG)))
    result = run("verify", "--format", "json", "--file", "-", stdin=lines)
    found = [json.loads(line) for line in result.out.splitlines()]
    assert [one and one["supported"] for one in found] == [True, None, False]
    assert result.err.startswith("stdin:2: not valid JSON")
    assert result.code == 2


def test_a_section_of_the_corpus_may_stand_for_the_passage(run: Run) -> None:
    document = next(iter(load_documents(corpus_root()).values()))
    section = document.sections[0]
    sentence = section.text.split(". ")[0].split("\n")[0].strip()
    result = run("verify", "--claim", sentence, "--source", f"{document.id}#{section.anchor}")
    assert result.out.startswith("supported")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "Give a --claim with a --passage or a --source, or a --file of both."),
        (("--claim", CLAIM), "Give a --claim with a --passage"),
        (("--passage", PASSAGE), "Give a --claim with a --passage"),
        (("--claim", " ", "--passage", PASSAGE), "The claim is empty."),
        (("--claim", CLAIM, "--passage", ""), "The passage is empty."),
        (("--claim", "-", "--passage", "-"), "Only one text can come from stdin."),
        (("--claim", CLAIM, "--source", "nowhere#x"), "There is no document 'nowhere'. Known: "),
        (("--file", "-", "--claim", CLAIM), "A --file holds claims and passages of its own."),
        (("--file", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        (("--file", "-"), "stdin holds no line."),
    ],
)
def test_what_cannot_be_verified_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], says: str) -> None:
    result = run("verify", *arguments)
    assert result.code == 2
    assert says in " ".join(result.err.split())
    assert "Traceback" not in result.err


def test_an_anchor_that_is_not_there_lists_those_of_the_document(run: Run) -> None:
    document = next(iter(load_documents(corpus_root()).values()))
    result = run("verify", "--claim", CLAIM, "--source", f"{document.id}#no-such-anchor")
    assert result.code == 2
    assert f"There is no section of {document.id} 'no-such-anchor'. Known: {document.sections[0].anchor}" in result.err


def test_several_passages_and_sections_are_judged_together() -> None:
    document = next(iter(load_documents(corpus_root()).values()))
    anchor = document.sections[0].anchor
    root = corpus_root()
    given = given_pair(CLAIM, passages=["a", "b"], sources=[f"{document.id}#{anchor}"], names="N", root=root)
    assert [one.text for one in given.evidence] == ["a", "b", document.sections[0].text]
    assert [one.names for one in given.evidence[:2]] == ["N", "N"]
    assert document.publisher in given.evidence[2].names


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        ('{"claim": "x"}', "key `passage` is missing"),
        (line(passage=" "), "`passage`"),
        (line(label="supported"), "unknown key `label`. Known keys: claim, passage, names"),
        ("[]", "not a JSON object"),
        ('{"claim": "a", "claim": "b", "passage": "c"}', "the key 'claim' is repeated"),
        (line("x" * 20_001), "`claim`"),
    ],
)
def test_each_kind_of_bad_line_is_a_fault_with_its_number(tmp_path: Path, bad: str, says: str) -> None:
    file = tmp_path / "pairs.jsonl"
    file.write_text(f"{line()}\n{bad}\n{line(names='Plan')}\n")
    first, second, third = pairs_of_file(str(file))
    assert isinstance(first, GivenPair)
    assert isinstance(third, GivenPair)
    assert (first.line, third.line, third.evidence) == (1, 3, (Evidence(PASSAGE, "Plan"),))
    assert isinstance(second, CorpusError)
    assert str(second).startswith(f"{file}:2: ")
    assert says in str(second)


def test_the_text_of_a_file_names_lines_and_counts_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = judged([line(CLAIM, f"x {CLAIM}"), "nonsense", line(WRONG)], tmp_path)
    out, err = capsys.readouterr()
    assert code == 2
    assert out.splitlines() == [
        "line 1: supported, score 1.00",
        f"  {CLAIM}",
        "line 3: not supported, score 0.00",
        f"  {WRONG}",
        "  - words: not [2J there",
        "1 of 2 supported; 1 line could not be read.",
    ]
    assert "pairs.jsonl:2: not valid JSON" in err


def test_exit_codes_of_a_file_are_those_of_its_worst_line(tmp_path: Path) -> None:
    good, wrong, bad = line(CLAIM, CLAIM), line(WRONG), "nonsense"
    table = {(good,): (0, 0), (good, wrong): (0, 1), (good, bad): (2, 2), (wrong, bad): (2, 2)}
    for lines, codes in table.items():
        assert tuple(judged(list(lines), tmp_path, fail=fail) for fail in (False, True)) == codes
