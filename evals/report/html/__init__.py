"""The report as one page that needs nothing else: no script, no font, no other file."""

from evals.report.html.page import page

__all__ = ["page"]
