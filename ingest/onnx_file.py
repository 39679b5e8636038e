"""The exported model in the cache: made on the first run, found on every later one."""

import os
import subprocess
import sys
from pathlib import Path

from filelock import FileLock

from ingest.cache import cache_home, make_folder
from ingest.errors import ModelError
from ingest.model_files import WEIGHTS_SHA256, check_weights
from ingest.onnx_export import EXPORTER_VERSION
from ingest.progress import Progress, silent

EXPORT_TIMEOUT_SECONDS = 600


def onnx_path() -> Path:
    return cache_home() / "models" / f"all-minilm-l6-v2-{WEIGHTS_SHA256[:12]}-export{EXPORTER_VERSION}.onnx"


def ensure_onnx(model_folder: Path, *, progress: Progress = silent) -> Path:
    """The exported model's file, exporting it if it is not there. Raises ModelError, CacheError."""
    file = onnx_path()
    if file.is_file():
        return file
    make_folder(file.parent)
    with FileLock(file.with_suffix(".lock"), timeout=EXPORT_TIMEOUT_SECONDS):
        if not file.is_file():
            progress(0, 1, "preparing the embedding model")
            check_weights(model_folder)
            _export(model_folder, file)
            progress(1, 1, "preparing the embedding model")
    return file


def _export(model_folder: Path, file: Path) -> None:
    partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
    command = [sys.executable, "-m", "ingest.onnx_export", str(model_folder), str(partial)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "HF_HUB_OFFLINE": "1"}
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            timeout=EXPORT_TIMEOUT_SECONDS,
            env=environment,
            check=False,
        )
        if done.returncode != 0 or not partial.is_file():
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ModelError(
                f"The embedding model could not be prepared ({last}). "
                "Check that torch, transformers and onnx are installed: make clean, then make test."
            )
        partial.replace(file)
    except subprocess.TimeoutExpired:
        raise ModelError(f"Preparing the embedding model took over {EXPORT_TIMEOUT_SECONDS} s; try again.") from None
    finally:
        partial.unlink(missing_ok=True)
