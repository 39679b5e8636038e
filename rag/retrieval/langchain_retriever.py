"""The search as a LangChain retriever."""

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict, Field

from rag.retrieval.filters import SearchFilters
from rag.retrieval.relevance import is_relevant
from rag.retrieval.searcher import DEFAULT_K, Hit, Searcher


class GuidelineRetriever(BaseRetriever):
    """Passages as LangChain documents, best first; none at all when nothing relevant was found."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Searcher = Field(exclude=True)
    filters: SearchFilters = SearchFilters()
    k: int = DEFAULT_K
    max_per_document: int | None = None
    only_relevant: bool = True

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        hits = self.searcher.search(query, filters=self.filters, k=self.k, max_per_document=self.max_per_document)
        if self.only_relevant and not is_relevant(hits):
            return []
        return [to_document(hit) for hit in hits]


def to_document(hit: Hit) -> Document:
    """The passage's text as page content, everything else as metadata."""
    metadata: dict[str, Any] = hit.passage.model_dump(mode="json", exclude={"text"})
    metadata |= hit.model_dump(mode="json", exclude={"passage"})
    return Document(id=hit.passage.id, page_content=hit.passage.text, metadata=metadata)
