"""What each tool takes: strict about names, and about days, which select the version of a policy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from rag.article.models import Audience
from rag.criteria.determination import Record
from rag.errors import UserError
from rag.retrieval.searcher import DEFAULT_K

#: Characters of a name: of a payer, a policy, a state, a code.
LONGEST_NAME = 200
LONGEST_LIST = 50
#: Faults of one call that are told; the others show once these are mended.
_FAULTS_SHOWN = 5
_SHOWN_OF_A_NAME = 60


def _day(given: object) -> object:
    """Numbers would be read as seconds since 1970: the wrong version of every policy, and no error."""
    if given is None or isinstance(given, date):
        return given
    if isinstance(given, str):
        try:
            return datetime.strptime(given.strip(), "%Y-%m-%d").date()
        except ValueError:
            pass
    raise ValueError("a day of the calendar is written 2026-02-12")


Name = Annotated[str, Field(max_length=LONGEST_NAME)]
Names = Annotated[tuple[Name, ...], Field(max_length=LONGEST_LIST)]
Day = Annotated[date, BeforeValidator(_day)]


class Arguments(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Selecting(Arguments):
    """Which policies decide, in which version, and how the record is read."""

    payer: Name | None = Field(None, description="Only this payer's policies: an id, a name or an alias.")
    policy: Name | None = Field(None, description="Only this policy, by its id; the tool `policies` lists them.")
    state: Name | None = Field(
        None, description="US state of the service, two letters; selects the Medicare contractor."
    )
    on: Day | None = Field(None, description="Date of service, YYYY-MM-DD; selects versions. Default: today.")
    record: Record = Field(
        Record.OPEN, description="open: what the record does not say is unknown. closed: it counts as not shown."
    )


class AskArguments(_Selecting):
    question: str = Field(description="The question in plain words, with the clinical note or the facts of the case.")
    audience: Audience = Field(Audience.CLINICIAN, description="For whom it is worded; changes words, never facts.")
    facts: dict[str, Any] | None = Field(
        None, description="Facts beside the question, by fact id, as the tool `decide` takes them."
    )


class DecideArguments(_Selecting):
    facts: dict[str, Any] = Field(description="Values by fact id; null is unknown. What is left out is unknown too.")


class SearchArguments(Arguments):
    query: str = Field(description="What to look for, in plain words.")
    k: int = Field(DEFAULT_K, ge=1, le=100, description="How many passages at most.")
    code: Names = Field((), description="Only what holds for these CPT, HCPCS or ICD-10-CM codes.")
    payer: Names = Field((), description="Only policies of these payers, by id.")
    region: Names = Field((), description="cervical, thoracic, lumbar, sacral.")
    kind: Names = Field((), description="policy, guideline, evidence, safety, regulation.")
    on: Day | None = Field(None, description="Only what is in force on this day, YYYY-MM-DD.")


class PoliciesArguments(Arguments):
    policy: Name | None = Field(None, description="Show this policy with its criteria. Left out: list all policies.")


Given = TypeVar("Given", bound=Arguments)


def read_arguments(model: type[Given], given: Mapping[str, Any] | None, *, tool: str) -> Given:
    """The arguments of a call. Raises ``UserError`` that says what is wrong where, never what was given there."""
    try:
        return model.model_validate(dict(given or {}))
    except ValidationError as error:
        faults = error.errors(include_url=False, include_input=False, include_context=False)
        told = "; ".join(f"{_place(fault['loc'])}: {_words(fault['msg'])}" for fault in faults[:_FAULTS_SHOWN])
        known = ", ".join(model.model_fields)
        raise UserError(f"The tool {tool} cannot use its arguments. {told}. It takes: {known}.") from None


def _place(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part)[:_SHOWN_OF_A_NAME].encode("utf-8", "replace").decode() for part in location)


def _words(message: str) -> str:
    return message.removeprefix("Value error, ").replace("Extra inputs are not permitted", "there is no such argument")
