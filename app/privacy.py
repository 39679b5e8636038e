"""What is asked stays on this machine, whatever the environment says."""

import os

#: LangChain sends every step, the question included, to a tracing service when one of these is set.
TRACING_VARIABLES = ("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2")


def keep_to_this_machine() -> None:
    """Switch off tracing for this process. Call before LangChain is imported: it reads the variables once."""
    os.environ.update(dict.fromkeys(TRACING_VARIABLES, "false"))
