"""What identifies a person, and what a text looks like without it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

#: The eighteen identifiers of 45 CFR 164.514(b)(2)(i); ages apart from dates, and organisations, which tell who someone
#: is as a place does.
Kind = Literal[
    "name",
    "place",
    "organisation",
    "date",
    "age",
    "phone",
    "fax",
    "email",
    "ssn",
    "record",
    "member",
    "account",
    "licence",
    "vehicle",
    "device",
    "url",
    "ip",
    "biometric",
    "photo",
    "other",
]

#: What stands in the text instead.
PLACEHOLDERS: dict[Kind, str] = {
    "name": "[name]",
    "place": "[place]",
    "organisation": "[organisation]",
    "date": "[date]",
    "age": "[age over 89]",
    "phone": "[phone number]",
    "fax": "[fax number]",
    "email": "[e-mail address]",
    "ssn": "[social security number]",
    "record": "[record number]",
    "member": "[member number]",
    "account": "[account number]",
    "licence": "[licence number]",
    "vehicle": "[vehicle number]",
    "device": "[device number]",
    "url": "[link]",
    "ip": "[network address]",
    "biometric": "[biometric identifier]",
    "photo": "[photo]",
    "other": "[number]",
}

#: Any placeholder in a text.
PLACEHOLDER: re.Pattern[str] = re.compile("|".join(re.escape(words) for words in PLACEHOLDERS.values()))


@dataclass(frozen=True)
class Removed:
    """Where something stood, in offsets of the original text. It never holds the words, so that it may be logged."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True)
class Scrubbed:
    """A text with placeholders, and what was removed, in the order of the text."""

    text: str
    removed: tuple[Removed, ...]
