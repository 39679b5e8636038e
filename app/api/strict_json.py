"""JSON bodies, read strictly: what two readers could understand in two ways is refused."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Sequence
from typing import Any, Final, NoReturn

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from app.api.problems import ProblemError, Slug

#: Levels of nesting; no body that is documented needs half as many.
DEEPEST: Final = 64


#: Bytes that are read in a few milliseconds.
QUICK: Final = 64 * 1024
_JSON_TYPE: Final = re.compile(r"application/[a-z0-9.-]+\+json")


class StrictRequest(Request):
    """A request whose JSON names each key once, holds no NaN, and is all characters."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            body = await self.body()
            # A large one would hold up every other request of the process.
            self._json = parsed(body) if len(body) <= QUICK else await run_in_threadpool(parsed, body)
        return self._json


async def check_json(request: StrictRequest) -> None:
    """Read the body before the framework does, which would have words of its own for what is wrong with it."""
    if not await request.body():
        return
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    if media_type != "application/json" and not _JSON_TYPE.fullmatch(media_type):
        detail = "The body is read as JSON only; its `Content-Type` has to be application/json."
        raise ProblemError(Slug.MEDIA, detail, where="header/Content-Type")
    await request.json()


def parsed(body: bytes) -> Any:
    """The value of a JSON document (RFC 8259) in UTF-8. Raises ``ProblemError``."""
    try:
        text = body.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_object, parse_constant=_no_constant, parse_float=_number)
        _check_depth(value)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except UnicodeDecodeError as error:
        raise _malformed(f"The body is not UTF-8 at byte {error.start}.") from None
    except UnicodeEncodeError:
        raise _malformed("The body holds half a surrogate pair, which is no character.") from None
    except RecursionError:
        raise _too_deep() from None
    except json.JSONDecodeError as error:
        raise _malformed(
            f"{error.msg.removesuffix(' at')} at line {error.lineno}, column {error.colno} of the body."
        ) from None
    except ValueError as error:
        raise _malformed(f"{str(error)[:200]}.") from None
    return value


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for name, value in pairs:
        if name in made:
            raise _malformed("A name stands twice in one object; which of its values counts is not clear.")
        made[name] = value
    return made


def _no_constant(name: str) -> NoReturn:
    raise _malformed(f"{name} is no number of JSON.")


def _number(text: str) -> float:
    found = float(text)
    if math.isinf(found):
        raise _malformed("A number is larger than any that is read here.")
    return found


def _check_depth(value: Any) -> None:
    level: list[Any] = [value]
    for _ in range(DEEPEST):
        level = [inner for outer in level for inner in _inside(outer)]
        if not level:
            return
    raise _too_deep()


def _inside(value: Any) -> Sequence[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else ()


def _too_deep() -> ProblemError:
    return _malformed(f"The body is nested more than {DEEPEST} levels deep.")


def _malformed(detail: str) -> ProblemError:
    return ProblemError(Slug.MALFORMED, detail, where="body")
