"""Query in, passages out: dense and lexical search, fused, filtered, and honest about finding nothing.

Names are loaded on first use, so that importing this package costs neither Chroma, BM25 nor LangChain.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rag.retrieval.filters import FilterError, SearchFilters
    from rag.retrieval.langchain_retriever import GuidelineRetriever
    from rag.retrieval.relevance import is_relevant
    from rag.retrieval.searcher import Hit, Searcher, search

_HOMES = {
    "FilterError": "filters",
    "SearchFilters": "filters",
    "GuidelineRetriever": "langchain_retriever",
    "is_relevant": "relevance",
    "Hit": "searcher",
    "Searcher": "searcher",
    "search": "searcher",
}

__all__ = [
    "FilterError",
    "GuidelineRetriever",
    "Hit",
    "SearchFilters",
    "Searcher",
    "is_relevant",
    "search",
]


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
