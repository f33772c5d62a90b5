"""What became of a request? A page, nothing new, or a FetchError that says why not.

This is the one place where statuses and the exceptions of Scrapy and Twisted get their meaning.
"""

from __future__ import annotations

import sys
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from gzip import BadGzipFile
from http import HTTPStatus

import brotli  # type: ignore[import-untyped]
from OpenSSL import SSL
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http import Response
from service_identity import VerificationError
from twisted.internet.error import ConnectError, ConnectionClosed

from crawler.page import Page
from crawler.policy import CrawlPolicy
from crawler.spiders.handler import LONGEST_HEAD, EndlessHead
from crawler.walls import ASK_THEM, challenge_by
from domain.errors import (
    BadCertificate,
    Busy,
    FetchError,
    Gone,
    Refused,
    TooLarge,
    Unreachable,
)

if sys.version_info >= (3, 14):
    from compression.zstd import ZstdError
else:
    from backports.zstd import ZstdError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
GOOD = frozenset({HTTPStatus.OK, HTTPStatus.NON_AUTHORITATIVE_INFORMATION})
BUSY = frozenset({HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE})
REFUSALS = frozenset(
    {
        HTTPStatus.UNAUTHORIZED,
        HTTPStatus.PAYMENT_REQUIRED,
        HTTPStatus.FORBIDDEN,
        HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    }
)
GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
LATER = "Nothing; it is asked again later"
# A busy host that names no time gets ten minutes; one that names a year gets a day.
PAUSE_UNASKED = timedelta(minutes=10)
LONGEST_PAUSE = timedelta(days=1)
# Never kept: they are of no use to a reader, and cookies are not ours to keep.
NOT_KEPT = frozenset({b"set-cookie"})
UNPACKING_ERRORS = (BadGzipFile, EOFError, zlib.error, brotli.error, ZstdError)
LOST_CONNECTIONS = (
    DownloadConnectionRefusedError,
    DownloadFailedError,
    ConnectError,
    ConnectionClosed,
)
NETWORK_ERRORS = (
    *LOST_CONNECTIONS,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    *UNPACKING_ERRORS,
    # What a host name that is none ends in.
    ValueError,
    OSError,
)


def good_page(response: Response, *, now: datetime, moved_to: str | None) -> Page:
    """The page that an answer holds; raises FetchError for every other kind of answer."""
    if response.status not in GOOD:
        raise _error(response, now=now)
    return Page(
        url=response.url,
        headers=_headers(response),
        body=response.body,
        fetched_at=now,
        moved_to=moved_to,
    )


def _error(response: Response, *, now: datetime) -> FetchError:
    status, said = response.status, f"{response.url} answers {_named(response.status)}"
    is_outage = status in BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if maker := challenge_by(response.body, is_outage=is_outage):
        by = f"{said} and shows a challenge by {maker}"
        return Refused(by, next_step=ASK_THEM, http_status=status)
    if status in BUSY:
        return Busy(
            said,
            next_step=LATER,
            http_status=status,
            retry_at=retry_at(response, now=now),
        )
    if status in REFUSALS:
        return Refused(said, next_step=ASK_THEM, http_status=status)
    if status in GONE:
        return Gone(said, next_step="Look on the site for where it went", http_status=status)
    return Unreachable(said, next_step=LATER, http_status=status)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _headers(response: Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        if name.lower() not in NOT_KEPT
        for value in values
    )


def retry_at(response: Response, *, now: datetime) -> datetime:
    """When a busy host may be asked again: as it says (RFC 9110), within a day."""
    said = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    return now + min(max(_wait(said, now), timedelta(0)), LONGEST_PAUSE)


def _wait(said: str, now: datetime) -> timedelta:
    if said.isascii() and said.isdigit():
        return min(timedelta(seconds=int(said[:9])), LONGEST_PAUSE)
    try:
        moment = parsedate_to_datetime(said)
    except ValueError:
        return PAUSE_UNASKED
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now


class LostConnection(Unreachable):
    """There was no answer because of the connection: asking once more may help."""


def meaning(error: Exception, *, url: str, policy: CrawlPolicy, refused: str | None) -> FetchError:
    """What one of ``NETWORK_ERRORS`` means; ``refused`` is an address that may not be dialled."""
    if isinstance(error, LOST_CONNECTIONS):
        return _no_connection(error, url)
    if isinstance(error, CannotResolveHostError):
        return _no_address(url, refused)
    if isinstance(error, DownloadCancelledError | IgnoreRequest):
        return TooLarge(
            f"{url} answers with more than {policy.page_limit / 1e6:g} MB",
            next_step="Raise [crawl] page_limit if this is meant to be read",
        )
    if said := _half_said(error, policy):
        return Unreachable(f"{url} {said}", next_step=LATER)
    return Unreachable(f"{url} cannot be read: {error}", next_step="Check the address")


def _half_said(error: Exception, policy: CrawlPolicy) -> str | None:
    """How an answer began and came to nothing."""
    if isinstance(error, DownloadTimeoutError):
        return f"took longer than {policy.timeout.total_seconds():g}s"
    if isinstance(error, ResponseDataLossError):
        return "broke off in the middle"
    if isinstance(error, UNPACKING_ERRORS):
        return "is packed in a way that cannot be unpacked"
    return None


def _no_address(url: str, refused: str | None) -> FetchError:
    if refused is None:
        return Unreachable(f"{url} names a host that is not found", next_step="Check the address")
    return Refused(
        f"{url} leads to {refused}, which is no public address",
        next_step="Set [crawl] allow_private if this is meant",
    )


def _no_connection(error: Exception, url: str) -> FetchError:
    cause = _innermost(error)
    if isinstance(cause, EndlessHead):
        return TooLarge(
            f"{url} answers with more than {LONGEST_HEAD // 1024} kB of headers",
            next_step="Tell the institution: no browser would read that either",
        )
    if isinstance(cause, SSL.Error | VerificationError):
        return BadCertificate(
            f"{url} cannot prove who it is: {_tls_reason(cause)}",
            next_step="Name its certificate authority in [crawl] ca_file if you trust it",
        )
    if isinstance(error, DownloadConnectionRefusedError):
        reason = "connections are refused"
    else:
        reason = str(cause).strip() or type(cause).__name__
    return LostConnection(f"{url} gives no answer: {reason}", next_step=LATER)


def _innermost(error: BaseException) -> BaseException:
    """Twisted wraps what happened in lists of failures, and Scrapy wraps those."""
    reasons = getattr(error, "reasons", None)
    if reasons:
        return _innermost(reasons[-1].value)
    return _innermost(error.__cause__) if error.__cause__ else error


def _tls_reason(cause: Exception) -> str:
    if isinstance(cause, SSL.Error) and cause.args and cause.args[0]:
        return str(cause.args[0][-1][-1])
    return "its certificate is for another name"
