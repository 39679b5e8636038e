"""``guideline-qa schema``: the JSON schema of what the other commands print."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Model(StrEnum):
    ANSWER = "answer"
    CASE = "case"
    DETERMINATION = "determination"


def schema(
    model: Annotated[Model, typer.Option("--model", help="Which model: of ask, of read, or of decide.")] = Model.ANSWER,
) -> None:
    """Print the JSON schema of a result."""
    import json

    from pydantic import BaseModel

    from app.output import print_json
    from rag.article.models import Answer
    from rag.case.models import Case
    from rag.criteria.determination import Determination

    models: dict[Model, type[BaseModel]] = {
        Model.ANSWER: Answer,
        Model.CASE: Case,
        Model.DETERMINATION: Determination,
    }
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    described |= models[model].model_json_schema(mode="serialization")
    print_json(json.dumps(described, indent=2, ensure_ascii=False))
