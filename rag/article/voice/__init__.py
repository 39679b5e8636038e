"""How a sentence of the criteria check is said to each audience: same facts, numbers and order, other words."""

from __future__ import annotations

from typing import Final

from rag.article.material import Material
from rag.article.models import Audience
from rag.article.voice.clinician import Clinician
from rag.article.voice.patient import Patient
from rag.article.voice.reviewer import Reviewer

_VOICES: Final[dict[Audience, type[Clinician]]] = {
    Audience.CLINICIAN: Clinician,
    Audience.REVIEWER: Reviewer,
    Audience.PATIENT: Patient,
}


def voice_of(material: Material) -> Clinician:
    """The voice for the material's audience."""
    return _VOICES[material.audience](material)
