"""Sentences and their passages for a clinician to judge by hand: handed out, taken back, and measured."""

from evals.worksheet.export import check_empty, export
from evals.worksheet.judging import judge
from evals.worksheet.making import make
from evals.worksheet.sheet import Row, Worksheet

__all__ = ["Row", "Worksheet", "check_empty", "export", "judge", "make"]
