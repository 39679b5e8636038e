"""How much one call may ask to be read: the reader's time grows with the square of a text, and a call holds a slot.

What is too much is refused, not cut: what would be cut could be what excludes the procedure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable

from app.cds.errors import CdsError
from app.cds.models import Resource
from app.given import LONGEST_TEXT

MOST_ORDERS = 20
MOST_RESOURCES = 500
#: Characters of JSON that name one resource (codes, words, sites), and of all resources of a call together.
LONGEST_NAME = 2_000
LONGEST_NAMES = 200_000
#: Characters read in one call: the records' text, once for each order that is worded in its own way.
LONGEST_READING = 3 * LONGEST_TEXT

_NAMES = ("code", "medicationCodeableConcept", "type", "bodySite", "reasonCode")


def check_records(resources: list[Resource]) -> None:
    """Raises CdsError for more resources than a call may send, and for names nobody gives."""
    _at_most("prefetch", len(resources), MOST_RESOURCES, "resources")
    inner = [one for resource in resources for one in _contained(resource)]
    lengths = [_length(resource) for resource in (*resources, *inner)]
    _at_most("prefetch", max(lengths, default=0), LONGEST_NAME, "characters in the codes and names of one resource")
    _at_most("prefetch", sum(lengths), LONGEST_NAMES, "characters in the codes and names of its resources")


def check_orders(place: str, count: int) -> None:
    _at_most(place, count, MOST_ORDERS, "orders to judge")


def check_order(place: str, worded: Iterable[Resource]) -> None:
    """An order may name its codes, its words and its reasons, each as long as a resource's name."""
    _at_most(place, sum(map(_length, worded)), 4 * LONGEST_NAME, "characters in its codes, words and reasons")


def check_text(text: str) -> None:
    _at_most("prefetch", len(text), LONGEST_TEXT, "characters of text")


def check_reading(characters: int) -> None:
    _at_most("context.draftOrders", characters, LONGEST_READING, "characters to read for its orders")


def _length(resource: Resource) -> int:
    return len(json.dumps([resource[key] for key in _NAMES if key in resource]))


def _contained(resource: Resource) -> list[Resource]:
    found = resource.get("contained")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _at_most(place: str, count: int, most: int, of: str) -> None:
    if count > most:
        raise CdsError(
            place,
            f"the content is too large: {count:,} {of}, where at most {most:,} are read in one call",
            "Send fewer orders or records at once",
        )
