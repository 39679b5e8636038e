"""What ``doctor`` looks at. Each finding says what is so, and what to do when it is not well."""

from __future__ import annotations

import os
import platform
import re
import shutil
import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ingest.cache import VARIABLE, cache_home
from ingest.documents import corpus_hash, corpus_root
from ingest.encoder import OnnxEncoder
from ingest.errors import CorpusError, CorpusErrors, ModelError
from ingest.index import index_directory
from ingest.manifest import read_manifest
from ingest.model_files import MODEL_NAME, check_weights, model_folder
from ingest.onnx_file import onnx_path

DISTRIBUTION = "guideline-qa"
OLDEST_PYTHON = (3, 11)
#: Megabytes. The exported model takes 90, an index of the corpus that comes along 10, Chroma's log as much again.
LEAST_SPACE_MB = 300
REINSTALL = "Run `make clean`, then `make test`; or reinstall guideline-qa with pip"


class Finding(BaseModel):
    """``remedy`` is there when ``ok`` is false."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    ok: bool
    detail: str
    remedy: str | None = None

    def in_words(self) -> str:
        text = f"{'ok' if self.ok else 'problem':<9}{self.name}: {self.detail}"
        return f"{text}. {self.remedy}." if self.remedy else text


def examine(corpus: Path | None = None) -> list[Finding]:
    """All findings, in the order in which things depend on each other. Never raises for what it looks at."""
    root = corpus or corpus_root()
    return [_python(), *_packages(), _model(), _exported(), _corpus(root), _index(root), _cache()]


def _python() -> Finding:
    ok = sys.version_info >= OLDEST_PYTHON
    needed = ".".join(map(str, OLDEST_PYTHON))
    return Finding(
        name="python",
        ok=ok,
        detail=platform.python_version(),
        remedy=None if ok else f"Install Python {needed} or newer",
    )


def _packages() -> list[Finding]:
    try:
        needed = requires(DISTRIBUTION) or []
    except PackageNotFoundError:
        return [Finding(name=DISTRIBUTION, ok=False, detail="not installed", remedy=REINSTALL)]
    names = [DISTRIBUTION] + [_name(line) for line in needed if "extra ==" not in line]
    return [_package(name) for name in names]


def _name(requirement: str) -> str:
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]


def _package(name: str) -> Finding:
    try:
        return Finding(name=name, ok=True, detail=version(name))
    except PackageNotFoundError:
        return Finding(name=name, ok=False, detail="not installed", remedy=REINSTALL)


def _model() -> Finding:
    name = "embedding model"
    try:
        check_weights(model_folder())
    except ModelError as error:
        return Finding(name=name, ok=False, detail="not usable", remedy=str(error).rstrip("."))
    return Finding(name=name, ok=True, detail=f"{MODEL_NAME}, hash verified")


def _exported() -> Finding:
    file = onnx_path()
    if not file.is_file():
        return Finding(name="exported model", ok=True, detail="not made yet; the first search makes it")
    return Finding(name="exported model", ok=True, detail=f"{file} ({file.stat().st_size / 1e6:.0f} MB)")


def _corpus(root: Path) -> Finding:
    from rag.knowledge.library import load_knowledge

    try:
        knowledge = load_knowledge(root)
    except CorpusErrors as found:
        detail = f"{root} has faults, the first: {found.errors[0]}".rstrip(".")
        return Finding(name="corpus", ok=False, detail=detail, remedy="`guideline-qa check` lists them all")
    except CorpusError as error:
        return Finding(name="corpus", ok=False, detail=str(error).rstrip("."), remedy="Mend the file")
    counts = f"{len(knowledge.documents)} documents, {len(knowledge.policies)} policies"
    return Finding(name="corpus", ok=True, detail=f"{root}: {counts}, hash {knowledge.corpus_hash[:12]}")


def _index(root: Path) -> Finding:
    directory = index_directory(root, model_key=OnnxEncoder.key)
    manifest = read_manifest(directory)
    if manifest is None:
        return Finding(name="index", ok=True, detail="not built yet; the first search builds it")
    state = "current" if manifest.complete and root.is_dir() and manifest.corpus_hash == corpus_hash(root) else None
    detail = f"{len(manifest.passages)} passages, {state or 'behind the corpus; the next search brings it up to date'}"
    return Finding(name="index", ok=True, detail=f"{directory}: {detail}")


def _cache() -> Finding:
    home = cache_home()
    place = next(folder for folder in (home, *home.parents) if folder.exists())
    free = shutil.disk_usage(place).free / 1e6
    detail = f"{home}, {free:,.0f} MB free"
    if not os.access(place, os.W_OK) or not place.is_dir():
        remedy = f"Set {VARIABLE} to a folder you may write to"
        return Finding(name="cache", ok=False, detail=f"{detail}, cannot be written", remedy=remedy)
    if free < LEAST_SPACE_MB:
        remedy = f"Free {LEAST_SPACE_MB} MB, or set {VARIABLE} to a roomier place"
        return Finding(name="cache", ok=False, detail=detail, remedy=remedy)
    return Finding(name="cache", ok=True, detail=detail)
