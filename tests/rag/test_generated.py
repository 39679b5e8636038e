"""Generated questions: every answer is sound, and the quoted words stand where the answer says.

An answer takes a second, so that `make test` asks some of them; with FUZZ=1 (`make fuzz`) it is all of them.
"""

import os
import random
from collections.abc import Iterator

import pytest

from rag.article.models import Kind
from rag.criteria.determination import Status
from rag.knowledge.library import Knowledge
from tests.rag.checks import assert_sound, statuses
from tests.rag.conftest import Ask

REQUESTS = [
    "Is {code} medically necessary for {diagnosis}",
    "Pt with {diagnosis}. Is CPT {code} covered",
    "Does {code} for {diagnosis} meet criteria",
    "{diagnosis}: should {code} be approved",
]
CODES = ["62320", "62321", "62322", "62323", "64479", "64483", "64483 and 64484"]
DIAGNOSES = [
    "M54.12",
    "M54.16",
    "lumbar radiculopathy",
    "cervical radiculopathy (M50.122)",
    "M48.062",
    "axial neck pain",
    "M96.1",
]
PRIORS = [
    "",
    " after an earlier injection with {relief} relief for {time}",
    ". The first injection {time} ago gave {relief} relief",
    ". She had an ESI {time} ago, {relief} better, function improved and opioids were cut",
    ". No prior injections",
]
RELIEFS = ["no", "minimal", "20 %", "49%", "50 %", "60 percent", "50-60 %", "more than half"]
TIMES = ["10 days", "2 weeks", "3 weeks", "3 months", "4 months", "a year"]
EXTRAS = [
    "",
    " MRI shows a concordant herniation.",
    " PT and NSAIDs for 6 weeks failed.",
    " Taking gabapentin.",
    " Two injections in the last 12 months.",
    " Under Aetna.",
    " The patient has Medicare in Ohio.",
    " Fluoroscopy with contrast, no sedation.",
]


def questions(n: int) -> Iterator[str]:
    chosen = random.Random(20261122)
    for _ in range(n):
        prior = chosen.choice(PRIORS).format(relief=chosen.choice(RELIEFS), time=chosen.choice(TIMES))
        request = chosen.choice(REQUESTS).format(code=chosen.choice(CODES), diagnosis=chosen.choice(DIAGNOSES))
        yield f"{request}{prior}?{''.join(chosen.sample(EXTRAS, 2))}"


ASKED = 200 if os.environ.get("FUZZ") else 56


@pytest.mark.parametrize("batch", range(8))
def test_every_answer_is_sound(batch: int, ask_about: Ask, knowledge: Knowledge) -> None:
    for question in list(questions(ASKED))[batch::8]:
        answer = ask_about(question)
        assert answer.kind is Kind.DETERMINATION, question
        assert answer.references, question
        assert_sound(answer, knowledge)
        # No question here holds half of what a policy asks for.
        assert Status.MET.value not in statuses(answer).values(), question


def test_every_section_of_every_document_can_be_cited(knowledge: Knowledge) -> None:
    for document in knowledge.documents.values():
        for section in document.sections:
            assert document.section(section.anchor) is section
            assert section.text.strip()
    for policy in knowledge.policies.values():
        for version in policy.versions:
            for criterion in version.criteria:
                document, section = knowledge.section(criterion.source)
                assert criterion.quote in section.text, (document.id, criterion.id)
