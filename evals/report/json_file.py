"""``report.json``: written whole or not at all, and read strictly."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, get_args

from pydantic import ValidationError

from evals.frame.models import Report
from ingest.cache import write_atomically
from ingest.errors import CacheError
from rag.errors import UserError

REMEDY = "Name a report.json that `guideline-qa eval` wrote"
VERSION = get_args(Report.model_fields["schema_version"].annotation)[0]


def write(report: Report, file: Path) -> None:
    """Raises UserError where the file cannot be written."""
    try:
        write_atomically(file, report.model_dump_json() + "\n")
    except CacheError as error:
        cause = error.__context__
        reason = _reason(cause) if isinstance(cause, OSError) else "for no known reason"
        raise UserError(f"{file} cannot be written ({reason}). Choose another folder for the report.") from None


def read(file: Path) -> Report:
    """Raises UserError for a file that is not there, is no report, or is one of another version."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"{file} cannot be read ({_reason(error)}). {REMEDY}.") from None
    except (ValueError, RecursionError):
        raise UserError(f"{file} is no JSON. {REMEDY}.") from None
    _check_version(found, file)
    try:
        return Report.model_validate_json(json.dumps(found), strict=True)
    except ValidationError as error:
        raise UserError(f"{file} is no report of an evaluation: {_first(error)}. {REMEDY}.") from None


def figures_hash(report: Report) -> str:
    """SHA-256 of all that two runs with the same options must have in common: every suite but the timed ones, with
    each judgement and text; not the software's version, nor the floors."""
    suites = sorted((suite for suite in report.suites if not suite.timed), key=lambda suite: suite.suite)
    content = [suite.model_dump(mode="json") for suite in suites]
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _check_version(found: Any, file: Path) -> None:
    if not isinstance(found, dict) or "schema_version" not in found:
        raise UserError(f"{file} is no report of an evaluation: it has no schema_version. {REMEDY}.")
    if found["schema_version"] != VERSION:
        raise UserError(
            f"{file} is a report of version {found['schema_version']!r}; this program reads version {VERSION!r}. "
            "Measure anew with this program, or read the file with the one that wrote it."
        )


def _first(error: ValidationError) -> str:
    fault = error.errors()[0]
    place = ".".join(map(str, fault["loc"]))
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return f"{place}: {fault['msg']}{more}"


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
