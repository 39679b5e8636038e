"""The chat page: a clinician's working place."""
