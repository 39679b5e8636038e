"""The version of the software, as its package says."""

from importlib.metadata import PackageNotFoundError, version


def software_version() -> str:
    try:
        return version("guideline-qa")
    except PackageNotFoundError:
        return "not installed"
