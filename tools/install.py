"""Create the virtual environment and install the locked packages.

Runs on any Python 3.6 or newer, so that a too old one gets a sentence instead of a syntax error; it then looks
for a newer interpreter. Killing it is harmless: the stamp is written last, and a second run carries on.
"""

import argparse
import platform
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

OLDEST = (3, 11)
CANDIDATES = ("python3.13", "python3.12", "python3.11", "python3.14")
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
HEARTBEAT_SECONDS = 15
CPU_BUILD_TIMEOUT_SECONDS = 900
NETWORK_REMEDY = "Check the network connection and free disk space (3 GB), then run the command again."


class InstallError(Exception):
    """A step failed; the message says which and what to do."""


def main():
    arguments = _arguments()
    if sys.version_info < OLDEST:
        return _run_with_newer_python()
    python = arguments.venv / "bin" / "python"
    try:
        _create_environment(arguments.venv, python)
        _install_torch(python)
        _install_locked(python)
    except InstallError as error:
        print(f"Set-up stopped: {error}", file=sys.stderr)
        return 1
    stamp = arguments.stamp or arguments.venv / ".installed"
    stamp.write_text("installed\n")
    print("Set-up done.", file=sys.stderr, flush=True)
    return 0


def _arguments():
    parser = argparse.ArgumentParser(description="Create the virtual environment and install the lock.")
    parser.add_argument("--venv", type=Path, default=Path(".venv"))
    parser.add_argument("--stamp", type=Path, help="written when all is done (default: VENV/.installed)")
    return parser.parse_args()


def _run_with_newer_python():
    for name in CANDIDATES:
        path = shutil.which(name)
        if path and _succeeds([path, "-c", f"import sys; sys.exit(sys.version_info < {OLDEST})"]):
            return subprocess.call([path, *sys.argv])
    found, needed = ".".join(map(str, sys.version_info[:2])), ".".join(map(str, OLDEST))
    print(
        f"Python {found} is too old: guideline-qa needs Python {needed} or newer.\n"
        "Install one (for example from python.org or your system's packages), then run\n"
        f"    make PYTHON=/path/to/python{needed} <target>",
        file=sys.stderr,
    )
    return 1


def _create_environment(venv, python):
    _say(1, f"Virtual environment {venv} (Python {platform.python_version()})")
    usable = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    if not (python.exists() and _succeeds([python, "-c", usable])):
        remedy = "Is the venv module installed? (Debian and Ubuntu: apt install python3-venv)"
        _run([sys.executable, "-m", "venv", "--clear", venv], remedy)


def _install_torch(python):
    """The CPU build where it can be had: the default Linux build brings several GB of CUDA libraries."""
    requirement = _locked_requirement("torch")
    if _succeeds([python, "-c", f"from importlib.metadata import version as v; {_same_version(requirement)}"]):
        _say(2, f"{requirement}: already installed")
        return
    # What pip finds without an index is what whoever set this machine up wants it to take.
    if _succeeds([python, "-m", "pip", "install", "-q", "--dry-run", "--no-index", "--no-deps", requirement]):
        _say(2, f"{requirement}: found among pip's local files")
    elif platform.system() == "Linux" and not _has_nvidia_driver():
        _say(2, f"{requirement}: no NVIDIA driver here, so trying PyTorch's CPU build")
        if _install_cpu_build(python, requirement):
            return
        print("      The CPU build could not be had; installing the default build (larger, same results).")
    else:
        _say(2, f"{requirement}: the default build for this machine")
    _run([*_pip_install(python), requirement], NETWORK_REMEDY)


def _install_cpu_build(python, requirement):
    """With uv, which knows where PyTorch keeps its builds. False when uv or the build cannot be had."""
    if not _succeeds([*_pip_install(python), "uv"]):
        return False
    command = [python.parent / "uv", "pip", "install", "--quiet", "--python", python]
    command += ["--torch-backend=cpu", "--constraint", LOCK, requirement]
    return _succeeds(command, timeout=CPU_BUILD_TIMEOUT_SECONDS)


def _install_locked(python):
    count = len(re.findall(r"^\S+==", LOCK.read_text(), re.MULTILINE))
    _say(3, f"{count} locked packages and guideline-qa itself (one to three minutes)")
    _run([*_pip_install(python), "--requirement", LOCK], NETWORK_REMEDY)
    _run([*_pip_install(python), "--no-deps", "--no-build-isolation", "--editable", ROOT], NETWORK_REMEDY)


def _pip_install(python):
    return [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--constraint", LOCK]


def _locked_requirement(name):
    found = re.search(rf"^{re.escape(name)}==\S+", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise InstallError(f"{LOCK.name} names no {name}; restore the file.")
    return found.group(0)


def _same_version(requirement):
    name, version = requirement.split("==")
    return f"assert v({name!r}).split('+')[0] == {version!r}"


def _has_nvidia_driver():
    return Path("/proc/driver/nvidia").exists() or shutil.which("nvidia-smi") is not None


def _succeeds(command, timeout=300):
    command = [str(part) for part in command]
    try:
        done = subprocess.call(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=timeout)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done == 0


def _run(command, remedy):
    """Run with a sign of life now and then; raise InstallError with the command's last words."""
    command = [str(part) for part in command]
    started = time.time()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, universal_newlines=True) as child:
        while True:
            try:
                output = child.communicate(timeout=HEARTBEAT_SECONDS)[0]
                break
            except subprocess.TimeoutExpired:
                print(f"      ... {time.time() - started:.0f} s", file=sys.stderr, flush=True)
    if child.returncode != 0:
        last_words = "\n".join(output.strip().splitlines()[-5:])
        raise InstallError(f"`{' '.join(command[1:4])}` failed:\n{last_words}\n{remedy}")


def _say(step, text):
    print(f"[{step}/3] {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
