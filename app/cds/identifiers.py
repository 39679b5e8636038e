"""Identifiers made from what they name: the same request gives the same ones, and nobody can read a patient in them.

The hook instance, which the client makes at random for each call, is part of every name (CDS Hooks 2.0, hookInstance).
"""

from __future__ import annotations

from uuid import NAMESPACE_URL, UUID, uuid5

from app.cds.considering import Considered
from app.cds.models import Request

_NAMESPACE = uuid5(NAMESPACE_URL, "urn:guideline-qa:cds-hooks")


def card_uuid(request: Request, considered: Considered) -> UUID:
    payer = considered.insured.payer
    return named(request, considered.order.reference, payer.id if payer else "")


def named(request: Request, *parts: str) -> UUID:
    """No part holds the sign that joins them."""
    return uuid5(_NAMESPACE, "\n".join((str(request.hook_instance), *parts)))
