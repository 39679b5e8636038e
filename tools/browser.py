"""Make sure that a Chromium is there for the tests of the page; install Debian's where it is not.

Prints nothing when there is one. Needs root to install; says what to do otherwise.
"""

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
UPDATE = ("apt-get", "update", "-qq")
INSTALL = ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium")
REMEDY = (
    "The tests of the page need Chromium, and none of {names} is on the PATH.\n"
    "Install it (Debian and Ubuntu: sudo apt-get install chromium), or name one in the variable CHROMIUM."
)


def main():
    if os.environ.get("CHROMIUM") or any(map(shutil.which, NAMES)):
        return 0
    if os.name == "posix" and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Installing Chromium for the tests of the page ...", file=sys.stderr, flush=True)
        if _install() and any(map(shutil.which, NAMES)):
            return 0
        print("apt-get could not install chromium.", file=sys.stderr)
    print(REMEDY.format(names=", ".join(NAMES)), file=sys.stderr)
    return 1


def _install():
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
    ):
        done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        if done.returncode:
            print(done.stdout.decode("utf-8", "replace")[-2000:], file=sys.stderr)
            return False
    return True


if __name__ == "__main__":
    sys.exit(main())
