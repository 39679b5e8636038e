"""Discovery, request, response and feedback of CDS Hooks 2.0 as models.

Source: "CDS Hooks", release 2.0 (HL7), Discovery, Calling a CDS Service, CDS Service Response, Feedback; hooks
``order-select`` and ``order-sign``, version 1.0. Keys it does not define are refused, save ``extension``, which it
leaves to everybody, and those of ``context``, which grow with a hook's version. FHIR resources are left as they came.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, SecretStr, StrictInt, model_validator
from pydantic.alias_generators import to_camel

Resource = dict[str, Any]
#: FHIR R4, data type id. What is written into a reference must be one.
FhirId = Annotated[str, Field(pattern=r"^[A-Za-z0-9\-.]{1,64}$")]
Text = Annotated[str, Field(min_length=1)]

#: "<140-character summary message".
LONGEST_SUMMARY = 139


def _absent(value: object) -> bool:
    """An optional element without a value is left out: "JSON elements SHALL NOT be null"."""
    return value is None


class Wire(BaseModel):
    """Frozen; names are the specification's on the wire and Python's in code."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", alias_generator=to_camel, populate_by_name=True, serialize_by_alias=True
    )


class Hook(StrEnum):
    ORDER_SELECT = "order-select"
    ORDER_SIGN = "order-sign"


class Coding(Wire):
    code: Text
    system: str | None = Field(default=None, exclude_if=_absent)
    display: str | None = Field(default=None, exclude_if=_absent)


class Service(Wire):
    hook: Hook
    title: Text
    description: Text
    id: Text
    prefetch: dict[str, str]
    usage_requirements: Text


class Discovery(Wire):
    services: tuple[Service, ...]


class FhirAuthorization(BaseModel):
    """Accepted because clients send it; never used, never shown: this service fetches nothing."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    access_token: SecretStr
    token_type: Literal["Bearer"]
    expires_in: StrictInt
    scope: str
    subject: str
    patient: str | None = None
    extension: Resource | None = None


class Context(Wire):
    """``selections``: references into ``draftOrders``, of ``order-select`` only."""

    model_config = ConfigDict(extra="ignore")

    user_id: Text
    patient_id: FhirId
    encounter_id: FhirId | None = None
    selections: tuple[Text, ...] | None = None
    draft_orders: Resource


class Request(Wire):
    """A call of a service. The token, the context and the prefetched records stay out of ``repr``."""

    hook: Hook
    hook_instance: UUID
    fhir_server: Text | None = Field(default=None, repr=False)
    fhir_authorization: FhirAuthorization | None = Field(default=None, repr=False)
    context: Context = Field(repr=False)
    prefetch: dict[str, Resource | None] | None = Field(default=None, repr=False)
    extension: Resource | None = Field(default=None, repr=False)

    @model_validator(mode="after")
    def _whole(self) -> Request:
        if self.fhir_authorization is not None and self.fhir_server is None:
            raise ValueError("fhirServer is required where fhirAuthorization is given")
        if self.hook is Hook.ORDER_SELECT and self.context.selections is None:
            raise ValueError("context.selections is required by the hook order-select")
        return self


class Indicator(StrEnum):
    """``critical`` is left out on purpose: CRD keeps it for danger to life, and this service never denies care."""

    INFO = "info"
    WARNING = "warning"


class Source(Wire):
    label: Text
    url: Text
    topic: Coding


class Action(Wire):
    """``resource`` is whole, also where it updates one."""

    type: Literal["create", "update"]
    description: Text
    resource: Resource


class Suggestion(Wire):
    label: Text
    uuid: UUID
    actions: tuple[Action, ...]


class Link(Wire):
    label: Text
    url: Text
    type: Literal["absolute"] = "absolute"


class Card(Wire):
    """``detail`` is GitHub Flavored Markdown."""

    uuid: UUID
    summary: Annotated[str, Field(min_length=1, max_length=LONGEST_SUMMARY)]
    detail: Text
    indicator: Indicator
    source: Source
    suggestions: tuple[Suggestion, ...] | None = Field(default=None, exclude_if=_absent)
    selection_behavior: Literal["any"] | None = Field(default=None, exclude_if=_absent)
    links: tuple[Link, ...] | None = Field(default=None, exclude_if=_absent)


class Response(Wire):
    """No guidance is an empty list of cards, never an error."""

    cards: tuple[Card, ...]
    system_actions: tuple[Action, ...] | None = Field(default=None, exclude_if=_absent)


class AcceptedSuggestion(Wire):
    id: Text
    extension: Resource | None = None


class OverrideReason(Wire):
    """``user_comment`` may speak of a patient: it is never logged."""

    reason: Coding | None = None
    user_comment: str | None = Field(default=None, repr=False)
    extension: Resource | None = None


class CardFeedback(Wire):
    card: Text
    outcome: Literal["accepted", "overridden"]
    accepted_suggestions: tuple[AcceptedSuggestion, ...] | None = None
    override_reason: OverrideReason | None = None
    outcome_timestamp: AwareDatetime
    extension: Resource | None = None

    @model_validator(mode="after")
    def _whole(self) -> CardFeedback:
        if self.outcome == "accepted" and not self.accepted_suggestions:
            raise ValueError("acceptedSuggestions is required where the outcome is accepted")
        return self


class Feedback(Wire):
    feedback: Annotated[tuple[CardFeedback, ...], Field(min_length=1)]
