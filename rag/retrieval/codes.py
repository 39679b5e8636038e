"""Procedure and diagnosis codes as they occur in text, kept whole."""

import re
from typing import Literal

CodeSystem = Literal["cpt", "icd10cm"]

#: Five digits, four digits and a letter (categories II, III), or a HCPCS level II letter and four digits.
_PROCEDURE = re.compile(r"\d{5}|\d{4}[FTU]|[A-CEGHJ-MP-V]\d{4}", re.IGNORECASE)
#: A diagnosis code with its dot, or a bare three-character category.
_DIAGNOSIS = re.compile(r"[A-TV-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?", re.IGNORECASE)


def code_system(code: str) -> CodeSystem | None:
    """Which system a code's shape belongs to; None when it has the shape of neither."""
    if _PROCEDURE.fullmatch(code):
        return "cpt"
    return "icd10cm" if _DIAGNOSIS.fullmatch(code) else None


def code_matches(listed: str, asked: str) -> bool:
    """True when a document that lists `listed` speaks about `asked`: the same code or one below it."""
    listed, asked = listed.upper(), asked.upper()
    return listed == asked or (code_system(listed) == "icd10cm" and asked.startswith(listed))


def codes_in(text: str) -> tuple[str, ...]:
    """Codes written in a text, upper case, each once, in order. Bare categories such as `M54` do not count.

    A vertebral level (`C7-T1`) has no dot and fewer digits, so it is never taken for a code.
    """
    found = re.findall(
        r"(?<![\w.])(?:[A-TV-Z]\d[0-9A-Z]\.[0-9A-Z]{1,4}|\d{5}|[A-V]\d{4})(?!\w|\s?%)", text, re.IGNORECASE
    )
    return tuple(dict.fromkeys(code.upper() for code in found))
