"""What the page is told of an article."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from app.chat.article.models import ArticleData
from app.chat.article.payload import payload
from app.chat.article.text import safe, units, web_address
from rag.article.models import Answer, Review
from rag.criteria.determination import CriterionStatus, Status
from rag.followup.models import CriterionChange, FactChange, StatusChange, Turn, TurnKind
from rag.knowledge.library import Knowledge
from tests.app.chat.conftest import AskAbout


@pytest.fixture(scope="module")
def data(example: Answer, knowledge: Knowledge) -> ArticleData:
    return payload(example, knowledge)


def in_units(text: str, start: int, end: int) -> str:
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def test_the_payload_survives_json(data: ArticleData) -> None:
    assert ArticleData.model_validate_json(json.dumps(data.model_dump(mode="json"))) == data


def test_every_citation_of_a_sentence_opens_the_passage_it_quotes(example: Answer, data: ArticleData) -> None:
    entries = {entry.n: entry for entry in data.references}
    quotes = {reference.n: reference.quote for reference in example.references}
    cited = [n for section in data.sections for claim in section.claims for n in claim.citations]
    assert set(cited) == set(entries) == set(quotes)
    for n in cited:
        passage = data.passages[entries[n].passage]
        text = data.sources[passage.source].text
        assert text is not None and passage.start is not None and passage.end is not None
        assert in_units(text, passage.start, passage.end) == quotes[n]


def test_every_criterion_opens_the_words_it_stands_on(example: Answer, data: ArticleData) -> None:
    found = {determination.policy_id: determination for determination in example.determinations}
    rows = [
        (checklist.policy_id, place, row) for checklist in data.checklists for place, row in enumerate(checklist.rows)
    ]
    assert len(rows) == sum(len(determination.criteria) for determination in example.determinations) > 0
    for policy_id, place, row in rows:
        passage = data.passages[row.passage]
        text = data.sources[passage.source].text
        assert text is not None and passage.start is not None and passage.end is not None
        assert in_units(text, passage.start, passage.end) == found[policy_id].criteria[place].quote


def test_the_record_is_whole_and_each_fact_rests_on_its_quote(example: Answer, data: ArticleData) -> None:
    assert "".join(segment.text for segment in data.record.segments) == example.case.text
    for fact in data.record.facts:
        within = "".join(segment.text for segment in data.record.segments if fact.span in segment.spans)
        assert within == fact.quote


def test_offsets_count_as_the_browser_counts() -> None:
    assert [units(text) for text in ("abc", "€", "🩺x")] == [3, 1, 3]


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://example.org/policy?a=1", True),
        ("http://example.org", True),
        ("javascript:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,<script>alert(1)</script>", False),
        ("file:///etc/passwd", False),
        ("//example.org/x", False),
        ("https:///nowhere", False),
        ("http://[", False),
        ("not given", False),
    ],
)
def test_only_web_addresses_become_links(url: str, kept: bool) -> None:
    assert (web_address(url) is not None) is kept


def test_direction_and_control_characters_go_and_lines_stay() -> None:
    assert safe("a\u202eb\nc\x07d\u200f") == "a b\nc d "


def test_sections_in_focus_come_first_and_open_and_the_others_fold(example: Answer, knowledge: Knowledge) -> None:
    sections = payload(example, knowledge, focus=("safety", "rationale")).sections
    assert [section.id for section in sections[:3]] == ["safety", "rationale", "determination"]
    assert [section.open for section in sections] == [True, True, *[False] * (len(sections) - 2)]


def test_with_no_focus_or_one_the_article_lacks_everything_stands_open(example: Answer, knowledge: Knowledge) -> None:
    for focus in ((), ("no-such-section",)):
        sections = payload(example, knowledge, focus=focus).sections
        assert [section.id for section in sections] == [section.id for section in example.sections]
        assert all(section.open for section in sections)


@pytest.mark.parametrize(
    ("review", "told"),
    [
        (Review(), "For education, pending human review"),
        (
            Review(status="under_review", reviewer="Dr Lee", at=datetime(2026, 11, 20, 9, 30, tzinfo=UTC)),
            "Under review by Dr Lee since 2026-11-20 09:30",
        ),
        (
            Review(status="approved", reviewer="Dr Lee", at=datetime(2026, 11, 21, 17, 5, tzinfo=UTC)),
            "Approved by Dr Lee on 2026-11-21 17:05",
        ),
    ],
)
def test_the_banner_says_who_reviewed_and_when(
    example: Answer, knowledge: Knowledge, review: Review, told: str
) -> None:
    banner = payload(example.model_copy(update={"review": review}), knowledge).banner
    assert told in f"{banner.words} {banner.detail}"
    assert "education" in banner.words


def test_policies_side_by_side_have_a_cell_each_and_count_what_they_leave_out(data: ArticleData) -> None:
    assert data.comparison is not None
    by_policy = {checklist.policy_id: checklist for checklist in data.checklists}
    not_documented = next(row for row in data.comparison.rows if row.heading == "Not documented")
    for policy, cell in zip(data.comparison.policies, not_documented.cells, strict=True):
        rows = [row for row in by_policy[policy.policy_id].rows if not row.depth and row.status == "not_documented"]
        assert len(cell.items) + cell.more == len(rows)


def test_policies_that_take_one_fact_differently_are_named(ask_about: AskAbout, knowledge: Knowledge) -> None:
    answer = ask_about("62321 for M54.12: last injection 3 weeks ago, relief of 60 % for 2 months")
    data = payload(answer, knowledge)
    (interval,) = [one for one in data.disagreements if one.fact == "time since the last injection"]
    taken = {reading.criterion: reading.words for reading in interval.readings}
    assert taken["at least 14 days since the last injection"] == "met"
    assert taken["at least 30 days since the last injection"] == "not met"


def test_policies_of_one_mind_make_no_disagreement(data: ArticleData) -> None:
    assert data.disagreements == ()


def test_one_policy_alone_is_not_compared(ask_about: AskAbout, knowledge: Knowledge) -> None:
    answer = ask_about("Does Aetna cover a second 62321 after 60 % relief for three weeks with better function?")
    data = payload(answer, knowledge)
    assert len(data.policies) == 1 and data.comparison is None


def test_a_record_that_contradicts_itself_is_shown_with_both_places(ask_about: AskAbout, knowledge: Knowledge) -> None:
    answer = ask_about(
        "62321 for M54.12. The previous CESI gave 60% relief. Later: the previous CESI gave 20 % relief."
    )
    record = payload(answer, knowledge).record
    (conflict,) = record.conflicts
    assert {record.facts[place].value for place in conflict.facts} == {"60 %", "20 %"}
    assert len({record.facts[place].span for place in conflict.facts}) == 2


def test_a_section_that_changed_since_is_shown_as_cited_and_says_so(example: Answer, knowledge: Knowledge) -> None:
    first = example.references[0].model_copy(update={"quote": "words the section no longer holds"})
    data = payload(example.model_copy(update={"references": (first, *example.references[1:])}), knowledge)
    passage = data.passages[data.references[0].passage]
    assert (passage.quote, passage.start) == ("words the section no longer holds", None)
    assert "changed" in data.sources[passage.source].basis


def test_a_guideline_question_has_sections_and_no_policies(ask_about: AskAbout, knowledge: Knowledge) -> None:
    data = payload(ask_about("What does the evidence say on epidural steroids for cervical radiculopathy?"), knowledge)
    assert data.verdict.status is None and data.sections
    assert (data.policies, data.checklists, data.comparison) == ((), (), None)


def test_what_a_turn_changed_is_told_in_words(example: Answer, knowledge: Knowledge) -> None:
    policy = example.determinations[0]
    turn = Turn(
        said="relief was 60 %",
        kind=TurnKind.CORRECTION,
        reply="",
        facts=(FactChange(fact="any", label="pain relief", before=None, after="60 %"),),
        statuses=(
            StatusChange(
                policy_id=policy.policy_id,
                before=Status.DOCUMENTATION,
                after=Status.MET,
                criteria=(
                    CriterionChange(
                        id="any", label="relief", before=CriterionStatus.NOT_MET, after=CriterionStatus.MET
                    ),
                ),
            ),
        ),
    )
    changes = payload(example, knowledge, turn=turn).changes
    assert changes is not None
    (fact,), (moved,) = changes.facts, changes.policies
    assert [side and side.words for side in (fact.before, fact.after)] == ["not documented", "60 %"]
    assert [side and side.words for side in (moved.policy.before, moved.policy.after)] == [
        "needs documentation",
        "criteria met",
    ]
    assert moved.criteria[0].after is not None and moved.criteria[0].after.words == "met"


def test_a_turn_that_changed_nothing_tells_of_no_change(example: Answer, knowledge: Knowledge) -> None:
    turn = Turn(said="why?", kind=TurnKind.EXPLANATION, reply="")
    assert payload(example, knowledge, turn=turn).changes is None
