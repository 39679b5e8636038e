"""What the tests of extraction share."""

from __future__ import annotations

import pytest

from ingest.extract import Extracted, ExtractError, Kind
from ingest.extract.worker import reply_to


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """PDF and DOCX are read by the same code in this process: starting another takes longer than the reading."""

    def extract_here(name: str, content: bytes, kind: Kind, *, seconds: float) -> Extracted:
        reply = reply_to(content, kind)
        if reply.extracted is None:
            raise ExtractError(name, reply.problem, reply.remedy)
        return reply.extracted

    monkeypatch.setattr("ingest.extract.file_text.extract_apart", extract_here)
