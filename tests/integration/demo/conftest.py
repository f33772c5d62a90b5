from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection

import pytest

from pollwatch.demo.answers import Answer, Offices
from pollwatch.demo.town import Town


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a visitor got."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Visitor:
    """Asks the town over one line that is kept open."""

    def __init__(self, line: HTTPConnection) -> None:
        self.line = line

    def ask(self, path: str, *, host: str = "office.example", **headers: str) -> Seen:
        """The whole answer to one request."""
        self.line.request("GET", path, headers={"Host": host, **headers})
        answer = self.line.getresponse()
        return Seen(status=answer.status, headers=dict(answer.headers), body=answer.read())


@pytest.fixture
def offices() -> Offices:
    """One small office; a test module may have offices of its own."""
    return {"office.example": {"/": Answer(body=b"Good morning.")}}


@pytest.fixture
def town(offices: Offices) -> Iterator[Town]:
    with Town(offices) as town:
        yield town


@pytest.fixture
def visitor(town: Town) -> Iterator[Visitor]:
    with closing(HTTPConnection("127.0.0.1", town.port, timeout=5)) as line:
        yield Visitor(line)
