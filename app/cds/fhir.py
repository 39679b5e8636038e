"""The parts of FHIR R4 resources that are read here, checked for their types; all else of a resource is left alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints, ValidationError
from pydantic.alias_generators import to_camel

from app.cds.errors import CdsError, of_validation
from app.cds.models import FhirId

DateTime = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d\d(-\d\d(T[0-9:.+\-Z]+)?)?)?$")]
#: Who pays under one coverage; each is looked up among all resources that came.
MOST_PAYORS = 50
Model = TypeVar("Model", bound=BaseModel)


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore", alias_generator=to_camel, populate_by_name=True)


class Coding(Part):
    system: str | None = None
    code: str | None = None
    display: str | None = None


class Concept(Part):
    coding: tuple[Coding, ...] = ()
    text: str | None = None


class Reference(Part):
    reference: str | None = None
    display: str | None = None


class Period(Part):
    start: DateTime | None = None
    end: DateTime | None = None


class Timing(Part):
    event: tuple[DateTime, ...] = ()


class ServiceRequest(Part):
    id: FhirId
    status: str
    intent: str
    do_not_perform: StrictBool = False
    code: Concept | None = None
    reason_code: tuple[Concept, ...] = ()
    reason_reference: tuple[Reference, ...] = ()
    occurrence_date_time: DateTime | None = None
    occurrence_period: Period | None = None
    occurrence_timing: Timing | None = None
    insurance: tuple[Reference, ...] = ()
    subject: Reference
    extension: tuple[dict[str, Any], ...] = ()
    modifier_extension: tuple[dict[str, Any], ...] = ()


class Organization(Part):
    id: str | None = None
    name: str | None = None
    alias: tuple[str, ...] = ()


class Coverage(Part):
    id: FhirId
    status: str
    payor: Annotated[tuple[Reference, ...], Field(max_length=MOST_PAYORS)] = ()
    period: Period | None = None
    contained: tuple[dict[str, Any], ...] = ()


class Entry(Part):
    resource: dict[str, Any] | None = None


class BundleLink(Part):
    relation: str


class Bundle(Part):
    resource_type: Literal["Bundle"]
    entry: tuple[Entry, ...] = ()
    link: tuple[BundleLink, ...] = ()


def read(model: type[Model], resource: Mapping[str, Any], place: str) -> Model:
    """The parts of a resource. Raises CdsError with the place of the first that has the wrong shape."""
    try:
        return model.model_validate(resource)
    except ValidationError as error:
        raise of_validation(error, place) from None


def day_of(moment: str | None, place: str) -> date | None:
    """The day of a FHIR dateTime; None where it says only a month or a year. Raises CdsError for no date at all."""
    full = re.match(r"\d{4}-\d\d-\d\d", moment or "")
    if full is None:
        return None
    try:
        return date.fromisoformat(full[0])
    except ValueError:
        raise CdsError(place, "not a date of the calendar") from None
