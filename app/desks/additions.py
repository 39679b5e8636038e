"""What was uploaded, as a document to add: its files, or one text with the fields of a form."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ingest.adding import ALLOWED, Addition, addition_of_files, addition_of_text
from ingest.composing import Form, suggested_id
from ingest.extract.file_text import extract_text
from rag.errors import UserError

_FORM: Final[TypeAdapter[Form]] = TypeAdapter(Form)
_FIELDS: Final = frozenset(field.name for field in dataclasses.fields(Form)) - {"id"}
#: What may stay away is none; an end of the window is open then.
_NOT_GIVEN: Final[Mapping[str, object]] = {"effective_from": None, "effective_to": None}


def addition_of(files: Mapping[str, bytes], form: Mapping[str, object] | None) -> Addition:
    """The content decides what a file is. Raises CorpusErrors, ExtractError, UserError."""
    if form is None:
        return addition_of_files(files)
    if len(files) != 1:
        raise UserError(
            f"There are {len(files)} files with a form, which describes one text. Send one text, PDF or Word file "
            f"with it, or the files of a document ({', '.join(ALLOWED)}) without it."
        )
    (name, content), *_ = files.items()
    return addition_of_text(form_of(form), extract_text(name, content))


def form_of(fields: Mapping[str, object]) -> Form:
    """The fields of ``ingest.composing.Form`` but ``id``, which the title gives; dates as in ISO 8601.

    Raises ``UserError``.
    """
    if unknown := sorted(fields.keys() - _FIELDS):
        raise UserError(f"The form has no field `{unknown[0]}`. Its fields: {', '.join(sorted(_FIELDS))}.")
    given = {**_NOT_GIVEN, **fields, "id": suggested_id(str(fields.get("title", "")))}
    try:
        form = _FORM.validate_python(given)
    except ValidationError as error:
        found = error.errors()[0]
        where = ".".join(map(str, found["loc"]))
        raise UserError(f"The form's field `{where}` cannot be used: {found['msg']}. Correct it.") from None
    empty = [name for name, value in vars(form).items() if isinstance(value, str) and not value.strip()]
    if empty:
        raise UserError(f"Not filled in: {', '.join(empty)}. A citation needs to name each of them.")
    return form
