"""What the index on disk holds. Written last, as a whole: a manifest that says `complete` is true."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from ingest.cache import write_atomically
from ingest.passages import Passage

FILE_NAME = "manifest.json"
#: Raise when passages are cut, prefixed or stored in another way.
FORMAT = 1


class Manifest(BaseModel):
    """`store` names the folder of the vectors; `passages` are those of `corpus_hash`, in corpus order."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    complete: bool
    store: str
    model_key: str
    dimension: int
    corpus_hash: str = ""
    index_hash: str = ""
    passages: tuple[Passage, ...] = ()

    def serves(self, *, model_key: str) -> bool:
        """True when the vectors, complete or not, are of this model and cut this way."""
        return self.format == FORMAT and self.model_key == model_key


def read_manifest(directory: Path) -> Manifest | None:
    """The manifest, or None when there is none that can be read."""
    try:
        return Manifest.model_validate_json((directory / FILE_NAME).read_bytes())
    except (OSError, ValidationError, ValueError):
        return None


def write_manifest(directory: Path, manifest: Manifest) -> None:
    write_atomically(directory / FILE_NAME, manifest.model_dump_json())


def index_hash(passages: Iterable[Passage], *, model_key: str) -> str:
    """SHA-256 over what a search can see: passages with all they carry, the model, the format."""
    content = [passage.model_dump(mode="json") for passage in passages]
    text = json.dumps([FORMAT, model_key, content], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
