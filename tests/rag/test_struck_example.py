"""A sentence struck from a real article leaves a sound article."""

import pytest

from rag.article.models import Answer
from rag.article.strike import strike
from rag.knowledge.library import Knowledge
from tests.rag.checks import assert_sound


@pytest.mark.parametrize("number", range(1, 7))
def test_the_article_stays_sound_whichever_part_loses_its_first_sentence(
    example: Answer, knowledge: Knowledge, number: int
) -> None:
    section = example.sections[number]
    left = strike(example, section=section.id, sentence=1)
    assert_sound(left, knowledge)
    assert left.sections[number].claims[:1] != section.claims[:1]
