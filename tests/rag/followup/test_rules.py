"""The follow-up rules are data, loaded strictly."""

import shutil
from pathlib import Path

import pytest

from ingest.documents import corpus_root
from ingest.errors import CorpusErrors
from rag.followup.rules import FOLLOW_UPS_NAME, load_follow_up_rules
from rag.knowledge.library import Knowledge


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("new_case:", "new_kase:", "new_kase"),
        ("undo:\n  - '", "undo:\n  - '(", "regular expression"),
        ("when: prior_injection.given", "when: prior_injection.gift", "prior_injection.gift"),
        ("{lead}", "{led}", "led"),
    ],
)
def test_a_fault_names_what_is_wrong_and_where(
    old: str, new: str, says: str, tmp_path: Path, knowledge: Knowledge
) -> None:
    shutil.copy(corpus_root() / FOLLOW_UPS_NAME, tmp_path)
    file = tmp_path / FOLLOW_UPS_NAME
    file.write_text(file.read_text().replace(old, new, 1))
    with pytest.raises((CorpusErrors, Exception)) as raised:
        load_follow_up_rules(tmp_path, knowledge.vocabulary)
    assert says in str(raised.value)
    assert FOLLOW_UPS_NAME in str(raised.value)
