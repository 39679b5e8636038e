"""A query in, citable passages out: what ``search``, the API and the MCP server share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.retrieval.filters import SearchFilters
from rag.retrieval.relevance import is_relevant
from rag.retrieval.searcher import Hit, Searcher


def passages_found(
    searcher: Searcher, query: str, *, filters: Mapping[str, Sequence[str]], on: date | None, k: int
) -> list[Hit]:
    """At most ``k`` hits, best first; none where nothing is near enough to be cited. Raises ``FilterError``."""
    wanted = SearchFilters.of({key: tuple(values) for key, values in filters.items() if values} | {"on": on})
    found = searcher.search(query, filters=wanted, k=k)
    return found if is_relevant(found) else []
