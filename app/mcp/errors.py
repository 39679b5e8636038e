"""What goes wrong in a tool, said to whoever called it; nothing of a case reaches the log."""

from __future__ import annotations

import logging

from app.user_errors import FOR_THE_USER

LOGGER = logging.getLogger("guideline-qa")

#: Characters of a message; one that quotes what it was given could be as long as that.
LONGEST_MESSAGE = 2_000


def words_of(error: Exception, *, tool: str) -> str:
    """The message of an error the user can mend; of any other only that there was one, its type to the log."""
    if not isinstance(error, FOR_THE_USER):
        LOGGER.error("a fault in the tool %s (%s)", tool, type(error).__name__)
        return (
            f"A fault in the program stopped the tool {tool}; it can be called again. "
            "If it happens again, tell whoever runs the server: its log names the kind of fault."
        )
    message = str(error)
    return message if len(message) <= LONGEST_MESSAGE else message[:LONGEST_MESSAGE] + " ..."
