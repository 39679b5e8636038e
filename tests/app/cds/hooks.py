"""The example requests, and what to check answers with: the schema of CDS Hooks 2.0 and a real FHIR library."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fhir.resources.R4B import get_fhir_model_class
from jsonschema import Draft202012Validator

from app.cds.models import Request, Response
from app.cds.respond import respond
from rag.knowledge.library import Knowledge, load_knowledge

BASE_URL = "https://gqa.example.org"
TODAY = date(2026, 11, 26)
_HERE = Path(__file__).parent
_SCHEMA = json.loads((_HERE / "cds_hooks_2_0.schema.json").read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Example:
    """``facts``: by order, what a person reads in the request; ``expected``: by order, the statuses, or "all"."""

    name: str
    about: str
    request: dict[str, Any]
    facts: dict[str, dict[str, Any]]
    expected: dict[str, Any]


def example(name: str) -> Example:
    data = json.loads((_HERE / "requests" / f"{name}.json").read_text(encoding="utf-8"))
    return Example(name, data["about"], data["request"], data["facts"], data["expected"])


EXAMPLES = [example(file.stem) for file in sorted((_HERE / "requests").glob("*.json"))]


def answer(request: dict[str, Any], knowledge: Knowledge) -> Response:
    return respond(Request.model_validate(request), knowledge=knowledge, today=TODAY, base_url=BASE_URL)


@cache
def answered(name: str) -> Response:
    """The answer to an example under the shipped corpus, worked out once."""
    return answer(example(name).request, shipped())


@cache
def shipped() -> Knowledge:
    return load_knowledge(lazy=True)


def on_the_wire(response: Response) -> dict[str, Any]:
    sent: dict[str, Any] = json.loads(response.model_dump_json())
    return sent


def check_against_specification(data: object, part: str) -> None:
    """Raises jsonschema's ValidationError."""
    Draft202012Validator(_SCHEMA | {"$ref": f"#/$defs/{part}"}).validate(data)


def check_fhir(resource: dict[str, Any]) -> None:
    """Raises pydantic's ValidationError for what FHIR R4B does not allow."""
    get_fhir_model_class(resource["resourceType"]).model_validate(resource)
