"""Make sure that a Chromium is there for the tests of the page, and curl and jq for those of the README's examples.

Installs Debian's where they are not. Prints nothing when they are there. Needs root to install; says what to do
otherwise. Without Chromium the tests cannot run; without curl or jq the examples' tests are skipped.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ("apt-get", "update", "-qq")
INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends")
TOOLS = ("curl", "jq")
REMEDY = (
    "The tests of the page need Chromium, and none of {names} is on the PATH.\n"
    "Install it (Debian and Ubuntu: sudo apt-get install chromium), or name one in the variable CHROMIUM."
)


def main():
    _look_after_tools()
    if os.environ.get("CHROMIUM") or any(map(shutil.which, NAMES)):
        return 0
    if _may_install():
        print("Installing Chromium for the tests of the page ...", file=sys.stderr, flush=True)
        if _install("chromium") and any(map(shutil.which, NAMES)):
            return 0
        print("apt-get could not install chromium.", file=sys.stderr)
    print(REMEDY.format(names=", ".join(NAMES)), file=sys.stderr)
    return 1


def _look_after_tools():
    absent = [tool for tool in TOOLS if shutil.which(tool) is None]
    if not absent:
        return
    if not (_may_install() and _install(*absent)):
        print("Without {} the README's examples are not tested.".format(" and ".join(absent)), file=sys.stderr)


def _may_install():
    return os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(*packages):
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (UPDATE, (*INSTALL, *packages)):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(done.stdout.decode("utf-8", "replace")[-2000:], file=sys.stderr)
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
