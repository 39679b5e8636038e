"""What the system is measured by, seen from outside."""

from evals.frame.floors import Floor, given_floor
from evals.frame.models import Report, SuiteReport
from evals.options import ModelChoice, Options
from evals.output import (
    compare_reports,
    comparison_in_words,
    figures_hash,
    judge_worksheets,
    make_worksheet,
    read_report,
    report_in_words,
    write_report,
)
from evals.running import report_of, run_suites
from evals.suites import SUITES, run_suite

__all__ = [
    "SUITES",
    "Floor",
    "ModelChoice",
    "Options",
    "Report",
    "SuiteReport",
    "compare_reports",
    "comparison_in_words",
    "figures_hash",
    "given_floor",
    "judge_worksheets",
    "make_worksheet",
    "read_report",
    "report_in_words",
    "report_of",
    "run_suite",
    "run_suites",
    "write_report",
]
