"""What the model is asked: the example question, and five that lead elsewhere."""

from __future__ import annotations

from typing import Final

from rag.article.models import Audience

EXAMPLE: Final = (
    "Is an interlaminar epidural injection (CPT 62321) medically necessary for a patient with radiculopathy (M54.12) "
    "who has already received a cervical epidural steroid injection (CESI) with minimal relief and is currently taking "
    "gabapentin?"
)

#: The day all of them are asked for: the same versions, whenever they are asked.
DAY: Final = "2026-11-22"

QUESTIONS: Final[tuple[tuple[str, Audience], ...]] = (
    (EXAMPLE, Audience.CLINICIAN),
    ("Does Aetna cover a second 62321 after 60 % relief for three weeks with better function?", Audience.REVIEWER),
    ("Is 64483 necessary for lumbar radiculopathy (M54.16) under Medicare in Ohio?", Audience.CLINICIAN),
    ("What does the evidence say on epidural steroids for cervical radiculopathy?", Audience.CLINICIAN),
    ("Are particulate steroids safe above C7?", Audience.PATIENT),
    ("How many epidural injections a year do the policies allow?", Audience.REVIEWER),
)
