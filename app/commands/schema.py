"""``guideline-qa schema``: the JSON schema of what the other commands print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Model(StrEnum):
    """The names of ``app.schemas.PUBLISHED``."""

    ANSWER = "answer"
    CASE = "case"
    DETERMINATION = "determination"


def schema(
    model: Annotated[Model, typer.Option("--model", help="Which model: of ask, of read, or of decide.")] = Model.ANSWER,
) -> None:
    """Print the JSON schema of a result."""
    import json

    from app.output import print_json
    from app.schemas import schema_of

    print_json(json.dumps(schema_of(model.value), indent=2, ensure_ascii=False))
