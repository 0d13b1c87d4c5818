"""Names what went wrong with a chat model, whichever provider's library said so."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from coach.domain.wording import Fault

_BY_NAME = (  # names of LangChain's and the providers' error classes, the most telling first
    (Fault.REFUSAL, ("OpenAIRefusalError", "ContentFilterFinishReasonError")),
    (Fault.WRONG_KEY, ("ModelAuthenticationError", "ModelPermissionDeniedError")),
    (Fault.UNKNOWN_MODEL, ("ModelNotFoundError",)),
    (Fault.BUSY, ("ModelRateLimitError",)),
    (Fault.TOO_SLOW, ("ModelTimeoutError", "TimeoutException", "TimeoutError", "APITimeoutError")),
    (Fault.BROKEN, ("ModelAPIError",)),
    (Fault.REJECTED, ("ModelInvalidRequestError", "ContextOverflowError")),
    (Fault.CUT, ("RemoteProtocolError", "ReadError", "IncompleteRead", "JSONDecodeError")),
    (Fault.NOT_RUNNING, ("ModelConnectionError", "APIConnectionError", "ConnectError", "ConnectionError")),
)
_KEY = re.compile(r"api[_ ]?key|authentication method|credentials", re.IGNORECASE)
_PROVIDER = re.compile(r"unsupported provider|infer model provider", re.IGNORECASE)
_NOTHING_IN_IT = re.compile(r"no generation", re.IGNORECASE)  # LangChain: what came was no piece of a reply
_BY_STATUS = {
    401: Fault.WRONG_KEY, 403: Fault.WRONG_KEY, 404: Fault.UNKNOWN_MODEL, 408: Fault.TOO_SLOW, 429: Fault.BUSY,
}  # fmt: skip


def fault_of(problem: BaseException) -> Fault:
    """Return the name of what went wrong when a chat model was opened or asked."""
    if isinstance(problem, ImportError):
        return Fault.NOT_INSTALLED
    status = _status(problem)
    if status in _BY_STATUS:
        return _BY_STATUS[status]
    if status is not None and status >= 400:
        return Fault.BROKEN if status >= 500 else Fault.REJECTED
    names = {one.__name__ for one in type(problem).__mro__}
    named = next((fault for fault, known in _BY_NAME if names.intersection(known)), None)
    if named is None and _PROVIDER.search(str(problem)):
        return Fault.UNKNOWN_MODEL
    if named is None and _NOTHING_IN_IT.search(str(problem)):
        return Fault.NO_MODEL
    return named or (Fault.WRONG_KEY if _KEY.search(str(problem)) else Fault.UNKNOWN)


def retry_after(problem: BaseException) -> float | None:
    """Return how many seconds the server asks to wait, None when it does not say."""
    headers = getattr(getattr(problem, "response", None), "headers", None)
    told = str(headers.get("retry-after") or "") if isinstance(headers, Mapping) else ""
    if told.replace(".", "", 1).isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()) if told else None
    except (ValueError, TypeError):
        return None


def _status(problem: BaseException) -> int | None:
    for holder in (problem, getattr(problem, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int) and status > 0:
            return status
    return None
