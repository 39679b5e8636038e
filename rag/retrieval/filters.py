"""Which passages a search may return. One function decides; it is asked before and after retrieval."""

import datetime
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from ingest.documents import CORE_APPROACHES, Region, Use
from ingest.front_matter import FOLDERS
from ingest.passages import Passage
from rag.retrieval.codes import code_matches, code_system


class FilterError(Exception):
    """A filter's key or value is unknown; the message lists the known ones."""


def _as_values(value: Any) -> Any:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value


Values = Annotated[tuple[str, ...], BeforeValidator(_as_values)]


class SearchFilters(BaseModel):
    """Each filter is a set of accepted values, empty for no restriction; all given filters must agree.

    `payer`, `kind`, `use` and `document` are strict. `code`, `region`, `approach` and `on` also let a passage
    pass that says nothing about them: general safety text holds for every code, an unknown start date excludes
    no day.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: Values = ()
    payer: Values = ()
    region: Values = ()
    approach: Values = ()
    kind: Values = ()
    use: Values = ()
    document: Values = ()
    on: datetime.date | None = Field(default=None, description="day on which the document is in force")

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> "SearchFilters":
        """Filters from keys and values as a user gives them. Raises FilterError for what is not known."""
        unknown = sorted(values.keys() - cls.model_fields.keys())
        if unknown:
            raise FilterError(f"There is no filter `{unknown[0]}`. Known filters: {', '.join(cls.model_fields)}.")
        try:
            return cls.model_validate(dict(values))
        except ValidationError as error:
            fault = error.errors()[0]
            raise FilterError(f"Filter `{fault['loc'][0]}`: {fault['msg']}. Days are written 2026-02-12.") from None

    @property
    def is_empty(self) -> bool:
        return self == SearchFilters()

    def check(self, passages: Iterable[Passage]) -> None:
        """Raise FilterError for a value that no passage could have."""
        passages = tuple(passages)
        for code in self.code:
            if code_system(code) is None:
                raise FilterError(
                    f"`{code}` is no code. Codes look like 12345 (CPT), A1234 (HCPCS) or A12.3 (ICD-10-CM)."
                )
        known: dict[str, set[str]] = {
            "payer": {passage.payer for passage in passages if passage.payer},
            "region": set(get_args(Region)),
            "approach": set(CORE_APPROACHES).union(*(passage.approaches for passage in passages)),
            "kind": set(FOLDERS.values()),
            "use": set(get_args(Use)),
            "document": {passage.document_id for passage in passages},
        }
        for key, values in known.items():
            for value in getattr(self, key):
                if value.casefold() not in {name.casefold() for name in values}:
                    names = ", ".join(sorted(values)) or "none"
                    raise FilterError(f"There is no {key} `{value}`. Known values: {names}.")

    def allows(self, passage: Passage) -> bool:
        return (
            _one_of(self.payer, (passage.payer,))
            and _one_of(self.kind, (passage.kind,))
            and _one_of(self.document, (passage.document_id,))
            and _one_of(self.use, passage.uses)
            and (not passage.regions or _one_of(self.region, passage.regions))
            and (not passage.approaches or _one_of(self.approach, passage.approaches))
            and self._allows_codes(passage)
            and self._allows_day(passage)
        )

    def _allows_codes(self, passage: Passage) -> bool:
        """Per code system: a passage whose document lists none of that system is not restricted in it."""
        for system in {code_system(code) for code in self.code}:
            listed = [code for code in passage.codes if code_system(code) == system]
            asked = [code for code in self.code if code_system(code) == system]
            if listed and not any(code_matches(code, wanted) for code in listed for wanted in asked):
                return False
        return True

    def _allows_day(self, passage: Passage) -> bool:
        if self.on is None:
            return True
        start, end = passage.effective_from, passage.effective_to
        return (start is None or start <= self.on) and (end is None or self.on <= end)


def _one_of(wanted: tuple[str, ...], held: Iterable[str | None]) -> bool:
    if not wanted:
        return True
    folded = {value.casefold() for value in wanted}
    return any(value is not None and value.casefold() in folded for value in held)
