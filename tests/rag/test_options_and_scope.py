"""What the options select, and what is turned away."""

from datetime import date

import pytest

from rag.article.models import Kind
from rag.case.facts_file import read_facts
from rag.criteria.determination import Record, Status
from rag.errors import UnknownName, UserError
from rag.knowledge.library import Knowledge
from tests.rag.checks import assert_sound, statuses, text_of
from tests.rag.conftest import EXAMPLE, Ask


def test_a_payer_selects_its_policies(ask_about: Ask) -> None:
    answer = ask_about(EXAMPLE, payer="aetna")
    assert set(statuses(answer)) == {"aetna-cpb-0016", "aetna-cpb-0016-superseded", "aetna-cpb-0722"}
    assert "payer" not in answer.follow_ups[0].lower()


@pytest.mark.parametrize("name", ["Aetna", "AETNA", " aetna "])
def test_a_payer_is_found_by_any_of_its_names(name: str, ask_about: Ask) -> None:
    assert statuses(ask_about(EXAMPLE, payer=name)) == statuses(ask_about(EXAMPLE, payer="aetna"))


def test_a_payer_named_in_the_question_is_used(ask_about: Ask) -> None:
    assert statuses(ask_about(f"{EXAMPLE} The plan is Cigna.")) == statuses(ask_about(EXAMPLE, payer="evicore"))


def test_one_policy_can_be_named(ask_about: Ask) -> None:
    assert list(statuses(ask_about(EXAMPLE, policy="medicare-lcd-l39240"))) == ["medicare-lcd-l39240"]


def test_an_unknown_payer_lists_the_known_ones(ask_about: Ask, knowledge: Knowledge) -> None:
    with pytest.raises(UnknownName) as caught:
        ask_about(EXAMPLE, payer="acme")
    assert "acme" in str(caught.value)
    for payer in knowledge.payers:
        assert payer in str(caught.value)


def test_an_unknown_policy_or_state_lists_the_known_ones(ask_about: Ask) -> None:
    with pytest.raises(UnknownName, match="medicare-lcd-l39240"):
        ask_about(EXAMPLE, policy="medicare-lcd-l1")
    with pytest.raises(UnknownName, match="OH"):
        ask_about(EXAMPLE, payer="medicare", state="ZZ")


def test_a_policy_of_another_payer_is_refused(ask_about: Ask) -> None:
    with pytest.raises(UserError, match="belongs to"):
        ask_about(EXAMPLE, payer="aetna", policy="medicare-lcd-l39240")


@pytest.mark.parametrize(
    ("state", "policy"),
    [
        ("OH", "l39015"),
        ("CA", "l39240"),
        ("NY", "l39036"),
        ("MI", "l39054"),
        ("GA", "l38994"),
        ("TX", "l36920"),
        ("FL", "l33906"),
    ],
)
def test_a_state_picks_the_contractors_text(state: str, policy: str, ask_about: Ask) -> None:
    assert list(statuses(ask_about(EXAMPLE, payer="medicare", state=state))) == [f"medicare-lcd-{policy}"]


def test_without_a_state_the_family_is_one_row_with_its_differences(ask_about: Ask) -> None:
    answer = ask_about(EXAMPLE, payer="medicare")
    (family,) = answer.determinations
    assert family.policy_id == "medicare-lcd-esi"
    assert {difference.policy_id for difference in family.differences} >= {"medicare-lcd-l39240", "medicare-lcd-l38994"}
    assert any("state" in question for question in answer.follow_ups)


def test_the_date_selects_the_version(ask_about: Ask) -> None:
    then = {d.policy_id: d for d in ask_about(EXAMPLE, on=date(2024, 1, 15)).determinations}
    assert then["aetna-cpb-0016"].status is Status.NOT_APPLICABLE
    assert then["aetna-cpb-0016-superseded"].status is not Status.NOT_APPLICABLE
    assert then["carelon-esi"].version == "2023-04-09"
    before = {d.policy_id: d for d in ask_about(EXAMPLE, on=date(2023, 4, 8)).determinations}
    assert before["carelon-esi"].version == "before 2023-04-09"


def test_a_date_of_service_in_the_question_selects_the_version(ask_about: Ask) -> None:
    answer = ask_about(f"{EXAMPLE} The date of service is 2023-04-08.", payer="carelon")
    assert answer.determinations[0].version == "before 2023-04-09"


def test_a_closed_record_turns_open_limbs_into_not_met_and_still_lists_them(ask_about: Ask) -> None:
    open_, closed = (ask_about(EXAMPLE, payer="aetna", record=record) for record in (Record.OPEN, Record.CLOSED))
    assert statuses(open_)["aetna-cpb-0016"] == "needs_documentation"
    assert statuses(closed)["aetna-cpb-0016"] == "criteria_not_met"
    (aetna,) = (d for d in closed.determinations if d.policy_id == "aetna-cpb-0016")
    assert "prior_injection.function_improved" in {missing.fact for missing in aetna.missing}
    assert "on the record given" in text_of(closed)


def test_facts_given_beside_the_question_join_the_case(ask_about: Ask, knowledge: Knowledge) -> None:
    given = {
        "prior_injection.function_improved": True,
        "prior_injection.medication_reduced": True,
        "prior_injection.relief_duration": "3 weeks",
    }
    answer = ask_about(EXAMPLE, payer="aetna", facts=read_facts(given, knowledge.vocabulary))
    rows = {r.id: r.status.value for d in answer.determinations for r in d.criteria}
    assert rows["a16-esi-repeat"] == "met"
    assert_sound(answer, knowledge)


@pytest.mark.parametrize(
    "question",
    [
        "Is a total knee replacement, 27447, medically necessary?",
        "Is 99999 medically necessary for M54.12?",
        "Is 62324 medically necessary for a patient with M54.12?",
        "Is MRI of the brain medically necessary for headache?",
        "Is a colonoscopy medically necessary?",
        "Is a repeat mammogram medically necessary after 6 months?",
        "Is hernia repair covered by Aetna?",
        "Does Medicare cover cataract surgery?",
        "Is breast reduction medically necessary for back pain?",
        "Is a lumbar fusion medically necessary for radiculopathy after failed PT?",
        "Is chiropractic manipulation covered after an epidural?",
        "Is brain MRI approved for headache after an epidural?",
        "Is an epidural for labor pain covered?",
        "Need prior auth for ACDF C5-C7, M50.122, failed ESI x2 and PT. Medically necessary?",
        "Should she have a discectomy after failed ESI?",
        "What will the weather be tomorrow?",
        "Write a poem about the sea.",
        "How do I bake sourdough bread?",
        "asdf qwer zxcv",
        "My patient lost control of her bladder suddenly this morning after the injection, is 62321 necessary?",
        "He can't move his legs since the injection an hour ago. What now?",
        "How many mg of dexamethasone should I inject for 62321?",
        "Should I stop her warfarin before the injection?",
    ],
)
def test_out_of_scope_is_refused_with_what_is_missing_and_no_citation(
    question: str, ask_about: Ask, knowledge: Knowledge
) -> None:
    answer = ask_about(question)
    assert answer.kind is Kind.REFUSAL
    assert answer.references == ()
    assert answer.determinations == ()
    assert_sound(answer, knowledge)
    assert len(text_of(answer)) > 60


@pytest.mark.parametrize(
    "question",
    [
        "Pt had CESI with minimal relief. Is another medically necessary?",
        "Minimal relief after the first ESI. Would a repeat be approved?",
        "She had an ESI with 20 % relief. Is a second one covered?",
        "Does Aetna cover epidural steroid injections for radiculopathy?",
        "Is the injection medically necessary? Request: 62321 for M54.12.",
        "Cervical ESI, C7-T1, M54.12. Is this procedure covered?",
    ],
)
def test_a_question_that_points_back_to_the_procedure_is_decided(question: str, ask_about: Ask) -> None:
    assert ask_about(question).kind is Kind.DETERMINATION


def test_an_emergency_is_sent_to_the_emergency_number(ask_about: Ask) -> None:
    assert "911" in text_of(ask_about("She suddenly lost bowel control today after the epidural."))


@pytest.mark.parametrize(
    ("question", "document"),
    [
        ("What does the 2025 AAN review say about epidural steroids for radiculopathy?", "aan-2025"),
        ("What did the FDA warn about epidural corticosteroid injections?", "fda-2014-esi-warning"),
        ("How safe are cervical interlaminar injections above C7-T1?", "rathmell-2015"),
        ("What does Aetna require before a further epidural injection?", "aetna-cpb-0016"),
    ],
)
def test_a_question_about_documents_is_answered_from_them(
    question: str, document: str, ask_about: Ask, knowledge: Knowledge
) -> None:
    answer = ask_about(question)
    assert answer.kind is Kind.GUIDELINE
    assert [section.id for section in answer.sections] == ["answer", "evidence", "safety", "limitations"]
    assert document in {reference.document_id for reference in answer.references}
    assert_sound(answer, knowledge)


def test_a_low_back_guideline_is_never_used_for_a_neck(ask_about: Ask) -> None:
    for question in (
        EXAMPLE,
        "What do guidelines say on cervical epidural injections for neck pain with radiculopathy?",
    ):
        used = {reference.document_id for reference in ask_about(question).references}
        assert not used & {"acp-2017", "nice-ng59"}
