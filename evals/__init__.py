"""What the system is measured by, seen from outside."""

from evals.suites import SUITES, Options, Report, run

__all__ = ["SUITES", "Options", "Report", "run"]
