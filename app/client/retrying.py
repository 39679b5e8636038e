"""Which failed requests are sent again, and after how long."""

from __future__ import annotations

from dataclasses import dataclass

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_random_exponential

from app.client.problems import ApiProblem

#: Statuses that say: not done, and it may pass.
_PASSING = frozenset({429, 503})
#: The connection failed. A server that is slow is not asked twice.
_BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


@dataclass(frozen=True)
class Retries:
    """``attempts`` in all; a server that asks to wait longer than ``longest_wait`` seconds is not waited for.

    Without ``Retry-After`` the wait is random, up to ``first_wait`` seconds and twice as much each time.
    """

    attempts: int = 4
    first_wait: float = 0.5
    longest_wait: float = 30.0

    def retrying(self) -> Retrying:
        """Raises the last failure when all attempts failed."""
        return Retrying(
            stop=stop_after_attempt(self.attempts),
            wait=self._wait,
            retry=retry_if_exception(self._may_pass),
            reraise=True,
        )

    def _may_pass(self, error: BaseException) -> bool:
        if isinstance(error, ApiProblem):
            return error.status in _PASSING and (error.retry_after or 0.0) <= self.longest_wait
        return isinstance(error, _BROKEN)

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        if isinstance(error, ApiProblem) and error.retry_after is not None:
            return error.retry_after
        return wait_random_exponential(multiplier=self.first_wait, max=self.longest_wait)(state)
