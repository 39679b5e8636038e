"""A policy's questions as a FHIR Questionnaire, and its answers read back as facts. No server, no store."""
