"""Personal identifiers are taken out of a text before it leaves the machine."""

from rag.guard.identifiers.models import PLACEHOLDER, PLACEHOLDERS, Removed, Scrubbed
from rag.guard.identifiers.remove import remove_identifiers
from rag.guard.identifiers.rules import IdentifierRules, load_identifiers

__all__ = [
    "PLACEHOLDER",
    "PLACEHOLDERS",
    "IdentifierRules",
    "Removed",
    "Scrubbed",
    "load_identifiers",
    "remove_identifiers",
]
