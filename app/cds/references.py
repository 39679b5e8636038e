"""Whether a reference of FHIR names one resource, however it is written."""

from __future__ import annotations


def names(reference: object, kind: str, resource_id: str) -> bool:
    """``Kind/id``, an address that ends so, ``urn:uuid:id`` or the bare id; a version at the end changes nothing.

    What is contained in another resource (``#id``), and the same id of another kind, is something else.
    """
    if not isinstance(reference, str):
        return False
    way = reference.partition("/_history/")[0].split("/")
    if len(way) == 1:
        return way[0].rpartition(":")[2] == resource_id
    return way[-2:] == [kind, resource_id]
