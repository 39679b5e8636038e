"""What ``ingest`` did."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from app.progress import Reporter
from ingest.documents import corpus_root, load_documents
from ingest.encoder import OnnxEncoder
from ingest.index import index_directory
from ingest.sync import Sync

EMBEDDING = "embedding passages"


class IngestReport(BaseModel):
    """Counts of documents and passages; ``embedded`` of them in this run."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    documents: int
    passages: int
    embedded: int
    directory: str
    corpus_hash: str
    index_hash: str

    def in_words(self) -> str:
        kept = self.passages - self.embedded
        done = f"{self.embedded} embedded, {kept} kept" if self.embedded else "all there already, nothing to embed"
        return f"{self.documents} documents, {self.passages} passages: {done}.\nThe index is in {self.directory}."


def build_index(corpus: Path | None, reporter: Reporter, *, rebuild: bool) -> IngestReport:
    """Bring the index up to date. Raises what ``ingest.index.open_index`` raises."""
    root = corpus or corpus_root()
    documents = load_documents(root)
    encoder = OnnxEncoder(progress=reporter.progress)
    directory = index_directory(root, model_key=encoder.key)
    sync = Sync(
        corpus=root,
        encoder=encoder,
        directory=directory,
        documents=documents,
        progress=reporter.progress,
        notice=reporter.notice,
    )
    manifest = sync.run(anew=rebuild)
    return IngestReport(
        documents=len(documents),
        passages=len(manifest.passages),
        embedded=reporter.totals.get(EMBEDDING, 0),
        directory=str(directory),
        corpus_hash=manifest.corpus_hash,
        index_hash=manifest.index_hash,
    )
