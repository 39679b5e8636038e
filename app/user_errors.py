"""Errors whose message is for whoever asked: it says what happened, where, and what to do."""

from __future__ import annotations

from typing import Final

from ingest.errors import CacheError, CorpusError, CorpusErrors, IndexBusyError, ModelError
from ingest.extract.errors import ExtractError
from rag.case.facts_file import FactsError
from rag.errors import UserError
from rag.retrieval.filters import FilterError

#: What was asked cannot be used as it is.
OF_THE_REQUEST: Final = (UserError, FactsError, FilterError, ExtractError)
#: What is needed to answer cannot be used now.
OF_THE_PLACE: Final = (CorpusError, CorpusErrors, CacheError, IndexBusyError, ModelError)
FOR_THE_USER: Final = (*OF_THE_REQUEST, *OF_THE_PLACE)
