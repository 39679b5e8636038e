"""Verdicts measured on labelled cases: what the policies say, against what the engine says."""
