"""JSON as text, checked to be JSON of sensible depth; what it means is for others to say."""

from __future__ import annotations

import re

from ingest.extract import limits
from ingest.extract.errors import ExtractError

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*+"|[\[{]|[\]}]', re.DOTALL)


def check_depth(name: str, text: str) -> None:
    """Raises ExtractError for JSON nested deeper than any record."""
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        depth += {"[": 1, "{": 1, "]": -1, "}": -1}.get(match[0], 0)
        if depth > limits.MOST_LEVELS:
            problem = f"the JSON is nested more than {limits.MOST_LEVELS} levels deep"
            raise ExtractError(name, problem, "Export the record again as a FHIR R4 bundle")
