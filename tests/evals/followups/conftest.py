"""The shipped corpus, and one thread through a repeat request."""

from __future__ import annotations

from typing import Any

import pytest

from evals.followups.script import BaseFile, Thread
from evals.followups.scripts import BASES, OWN_FOLDER
from ingest.strict_yaml import load_yaml, validate
from rag.knowledge.library import Knowledge, load_knowledge

RELIEF, DURATION = "prior_injection.relief", "prior_injection.relief_duration"


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    return load_knowledge()


@pytest.fixture(scope="session")
def repeat() -> dict[str, Any]:
    """A repeat request on which only the response decides: the base of the project's own scripts."""
    return dict(validate(BaseFile, load_yaml(OWN_FOLDER / BASES)).bases["repeat"])


@pytest.fixture
def thread(repeat: dict[str, Any]) -> Thread:
    """40 % for 4 months, 60 % supposed, thanks: not met, met, not met under Medicare."""
    first = {**repeat, RELIEF: "40 %", DURATION: "4 months"}
    return Thread.model_validate(
        {
            "name": "one",
            "on": "2026-11-22",
            "turns": [
                {"say": "Is it necessary?", "fill": first, "kind": "question", "statuses": under("criteria_not_met")},
                {
                    "say": f"what if {RELIEF} = 60 %",
                    "kind": "hypothetical",
                    "supposes": ["60%"],
                    "facts": {RELIEF: "40 %"},
                    "statuses": under("criteria_met"),
                },
                {"say": "Thanks.", "kind": "unclear", "facts": {RELIEF: "40 %"}, "statuses": under("criteria_not_met")},
            ],
        }
    )


def under(status: str) -> dict[str, str]:
    return {"medicare-lcd-esi": status}
