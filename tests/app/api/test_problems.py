"""One shape for everything that goes wrong: what, where, and what to do."""

from __future__ import annotations

import json
import logging

import pytest
from fastapi.exceptions import RequestValidationError

from app.api.faults import problem_error_of
from app.api.problems import KINDS, LONGEST_DETAIL, MEDIA_TYPE, FieldFault, ProblemError, Slug, response_of, slug_for
from app.review.models import ReviewError
from app.store.errors import Conflict, NotFound, StoreError
from ingest.errors import CorpusError, CorpusErrors, ModelError
from rag.case.facts_file import FactsError
from rag.errors import UnknownName, UserError
from rag.retrieval.filters import FilterError

ERRORS = [
    (NotFound("There is no thread."), 404),
    (Conflict("The conversation went on."), 409),
    (ReviewError("It cannot be approved now."), 409),
    (StoreError("The database is locked."), 503),
    (UserError("The state is not served."), 422),
    (UnknownName("payer", "x", ["y"]), 422),
    (FactsError("unknown fact"), 422),
    (FilterError("no filter"), 422),
    (CorpusErrors([CorpusError("document.md", 1, "a fault", "Mend it")]), 503),
    (ModelError("no model files"), 503),
    (ValueError("the patient's name"), 500),
    (ProblemError(Slug.TOO_LARGE, "too large"), 413),
]


@pytest.mark.parametrize(("error", "status"), ERRORS, ids=lambda value: type(value).__name__)
def test_every_error_has_its_status_and_says_what_to_do(error: Exception, status: int) -> None:
    response = response_of(problem_error_of(error), request_id="abc")
    body = json.loads(bytes(response.body))
    assert (response.status_code, body["status"], response.media_type) == (status, status, MEDIA_TYPE)
    assert body["remedy"] and body["title"] and body["request_id"] == "abc"
    assert body["type"] == f"/problems/{problem_error_of(error).slug}"


def test_a_fault_of_ours_tells_neither_caller_nor_log_what_was_asked(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        found = problem_error_of(KeyError("Jane Example, born 1961"))
    assert "Jane" not in found.detail
    assert "KeyError" in found.detail
    assert [record.getMessage() for record in caplog.records] == ["a fault in the program"]


def test_a_detail_is_cut_and_holds_no_sign_that_steers() -> None:
    response = response_of(ProblemError(Slug.UNUSABLE, "a\x1b[31m\ud800\u202e" + "x" * 9_000))
    detail = json.loads(bytes(response.body))["detail"]
    assert len(detail) == LONGEST_DETAIL
    assert not {"\x1b", "\u202e", "\ud800"} & set(detail)


def test_every_kind_has_a_remedy_and_a_status_of_an_error() -> None:
    assert set(KINDS) == set(Slug)
    assert all(kind.remedy.endswith(".") and 400 <= kind.status < 600 for kind in KINDS.values())


@pytest.mark.parametrize(("status", "slug"), [(404, Slug.NOT_FOUND), (405, Slug.METHOD), (422, Slug.UNUSABLE)])
def test_a_bare_status_has_its_kind(status: int, slug: Slug) -> None:
    assert slug_for(status) is slug


def test_a_shape_that_is_wrong_is_told_by_place_and_never_by_value() -> None:
    from app.api.faults import _of_shape

    faults = [
        {"loc": ("body", "facts", "a/b~c"), "msg": "Input should be valid", "input": "Jane Example", "type": "x"},
        {"loc": ("query", "limit"), "msg": "Too small", "input": "0", "type": "y"},
    ]
    found = _of_shape(RequestValidationError(faults))
    assert found.errors == (
        FieldFault(where="/facts/a~1b~0c", what="Input should be valid"),
        FieldFault(where="query/limit", what="Too small"),
    )
    assert "Jane" not in str(vars(found))
