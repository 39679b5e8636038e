"""Checks no article may skip, whoever wrote it."""
