"""One process that encodes passages of a corpus.

python -m evals.bench.encoding_probe onnx|sentence-transformers CORPUS PASSAGES PASSES
"""

import sys
import time
from pathlib import Path

from evals.bench.encoding import Rates
from ingest.documents import load_documents
from ingest.encoder import Encoder, OnnxEncoder
from ingest.model_files import model_folder
from ingest.passages import passages_of
from ingest.reference_encoder import SentenceTransformerEncoder


def main(kind: str, corpus: Path, count: int, passes: int) -> None:
    texts = sample(corpus, count)
    encoder: Encoder = OnnxEncoder() if kind == "onnx" else SentenceTransformerEncoder(str(model_folder()))
    encoder.encode(texts[:2])  # loads what is loaded late
    print(Rates(rates=tuple(rate(encoder, texts) for _ in range(passes))).model_dump_json())


def sample(corpus: Path, count: int) -> list[str]:
    """`count` passages spread evenly over the corpus, as they are embedded; all of a corpus that has fewer."""
    passages = passages_of(load_documents(corpus), count_pieces=OnnxEncoder().count_pieces)
    step = max(len(passages) // count, 1)
    return [passage.embedded_text for passage in passages[::step][:count]]


def rate(encoder: Encoder, texts: list[str]) -> float:
    """Texts a second."""
    started = time.perf_counter()
    encoder.encode(texts)
    return len(texts) / (time.perf_counter() - started)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
