"""A typed client of the API: ``Client``, and ``ApiProblem`` for what the server refuses."""

from app.client.client import Client
from app.client.problems import ApiProblem, Unfinished
from app.client.retrying import Retries

__all__ = ["ApiProblem", "Client", "Retries", "Unfinished"]
