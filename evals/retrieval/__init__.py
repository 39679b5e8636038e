"""Retrieval: labelled questions, calibration, measures."""
