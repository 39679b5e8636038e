"""A quote is the text between its offsets, whatever the text; and reading never fails."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from rag.case.knowledge import Lexicon
from rag.case.reader import read_case
from rag.case.values import conflicts, resolve

FRAGMENTS = (
    "Is CPT 62321",
    "medically necessary",
    "for a patient with",
    "M54.12",
    "cervical radiculopathy",
    "after a prior CESI",
    "with 50-60% relief",
    "for two weeks",
    "minimal relief",
    "no relief",
    "taking gabapentin",
    "gabapentin was cut by half",
    "pain went from 8/10 to 3/10",
    "C7-T1 ILESI",
    "bilateral L4-5 and L5-S1 TFESI",
    "3 weeks ago",
    "if relief was 60%",
    "her mother had",
    "no",
    "denies",
    "failed 6 weeks of PT",
    "on 2024-01-02",
    "date of service 2024-01-15",
    "two injections in the last 12 months",
    "Aetna requires",
    "function unchanged",
    "ODI 50% to 20%",
    "\n",
    "?",
    ".",
    ",",
    "İ ß ’ “relief” –",
    "\ue000\ue020",
)
texts = st.lists(st.sampled_from(FRAGMENTS), max_size=14).flatmap(
    lambda parts: st.sampled_from([" ", "", "  ", "; "]).map(lambda joint: joint.join(parts))
)


@settings(max_examples=300, deadline=None)
@given(text=texts)
def test_every_quote_is_the_text_between_its_offsets(lexicon: Lexicon, text: str) -> None:
    for fact in read_case(text, knowledge=lexicon).facts:
        assert fact.start is not None
        assert fact.quote == text[fact.start : fact.end]
        assert fact.quote.strip()


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=200))
def test_any_text_can_be_read_and_resolved(lexicon: Lexicon, text: str) -> None:
    case = read_case(text, knowledge=lexicon)
    resolve(case, lexicon.vocabulary)
    conflicts(case, lexicon.vocabulary)


@settings(max_examples=100, deadline=None)
@given(text=texts)
def test_the_same_text_gives_the_same_case(lexicon: Lexicon, text: str) -> None:
    assert read_case(text, knowledge=lexicon) == read_case(text, knowledge=lexicon)


@settings(max_examples=100, deadline=None)
@given(amount=st.integers(1, 99))
def test_a_supposed_number_never_becomes_a_fact(lexicon: Lexicon, amount: int) -> None:
    for text in (
        f"What if relief was {amount}% after the first ESI?",
        f"If the prior CESI had given {amount} % relief for {amount} weeks, would 62321 be covered?",
        f"Aetna requires {amount}% relief for {amount} weeks after the first injection.",
        f"The goal is {amount}% relief for {amount} weeks with this injection.",
    ):
        read = {fact.id for fact in read_case(text, knowledge=lexicon).facts}
        assert not read & {"prior_injection.relief", "prior_injection.relief_duration"}


@settings(max_examples=100, deadline=None)
@given(amount=st.integers(1, 100), weeks=st.integers(1, 60))
def test_a_stated_number_is_read_as_it_stands(lexicon: Lexicon, amount: int, weeks: int) -> None:
    text = f"Her prior cervical ESI gave {amount}% relief for {weeks} weeks."
    values = resolve(read_case(text, knowledge=lexicon), lexicon.vocabulary)
    assert str(values["prior_injection.relief"]) == f"{amount} %"
    duration = values["prior_injection.relief_duration"]
    assert str(duration).startswith(f"{weeks} week")
