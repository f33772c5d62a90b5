from __future__ import annotations

from typing import Any

import pytest
from twisted.internet.address import IPv4Address, IPv6Address

from crawler.resolver import Resolver, is_public


@pytest.mark.parametrize(
    "address",
    [
        "8.8.8.8",
        "193.0.6.139",
        "100.63.255.255",
        "172.32.0.1",
        "2a00:1450:4001:82a::200e",
        "64:ff9b::808:808",
        "2002:808:808::1",
        "::ffff:8.8.8.8",
    ],
)
def test_anybody_can_reach(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",
        "10.1.2.3",
        "100.64.0.1",
        "127.0.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.8",
        "192.0.2.1",
        "192.168.1.1",
        "198.18.0.1",
        "203.0.113.5",
        "224.0.0.251",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::1",
        "2001::1",
        "2001:db8::1",
        "2002:7f00:1::",
        "2002:a00:1::",
        "fc00::1",
        "fd12:3456::1",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::fb",
    ],
)
def test_not_everybody_can_reach(address: str) -> None:
    assert not is_public(address)


class Book:
    """A resolver behind ours that knows some names."""

    def __init__(self, names: dict[str, list[str]]) -> None:
        self.names = names

    def resolveHostName(self, receiver: Any, name: str, port: int = 0, *rest: Any) -> None:  # noqa: N802
        receiver.resolutionBegan(None)
        for address in self.names.get(name, []):
            kind = IPv6Address if ":" in address else IPv4Address
            receiver.addressResolved(kind("TCP", address, port))
        receiver.resolutionComplete()


class Dialler:
    """Whoever wants to connect: notes the addresses that it was given."""

    def __init__(self) -> None:
        self.addresses: list[str] = []
        self.is_complete = False

    def resolutionBegan(self, resolution: object) -> None:  # noqa: N802
        """Wait."""

    def addressResolved(self, address: IPv4Address | IPv6Address) -> None:  # noqa: N802
        self.addresses.append(f"{address.host} {address.port}")

    def resolutionComplete(self) -> None:  # noqa: N802
        self.is_complete = True


NAMES = {
    "economy.example": ["8.8.8.8"],
    "inside.example": ["10.0.0.7"],
    "both.example": ["10.0.0.7", "8.8.8.8"],
    "10.0.0.7": ["10.0.0.7"],
    "127.1": ["127.0.0.1"],
    "127.0.0.1": ["127.0.0.1"],
    "ministère.example": ["9.9.9.9"],
}


def dial(name: str, resolver: Any) -> list[str]:
    dialler = Dialler()
    resolver.resolveHostName(dialler, name, 443)
    assert dialler.is_complete
    return dialler.addresses


def a_resolver(*, allow_private: bool = False) -> Resolver:
    return Resolver(Book(NAMES), hosts={}, allow_private=allow_private)


def test_a_name_gives_its_public_addresses() -> None:
    resolver = a_resolver()
    assert dial("economy.example", resolver) == ["8.8.8.8 443"]
    assert resolver.why_refused("economy.example") is None


def test_a_name_that_leads_inside_gives_none_and_is_remembered_until_asked_for() -> None:
    resolver = a_resolver()
    assert dial("inside.example", resolver) == []
    assert resolver.why_refused("inside.example") == "10.0.0.7"
    assert resolver.why_refused("inside.example") is None


def test_of_several_addresses_only_public_ones_are_dialled() -> None:
    assert dial("both.example", a_resolver()) == ["8.8.8.8 443"]


def test_a_refusal_is_forgotten_when_the_name_leads_elsewhere() -> None:
    book = Book({"turning.example": ["10.0.0.7"]})
    resolver = Resolver(book, hosts={}, allow_private=False)
    dial("turning.example", resolver)
    book.names = {"turning.example": []}
    dial("turning.example", resolver)
    assert resolver.why_refused("turning.example") is None


def test_settings_may_allow_what_is_inside() -> None:
    assert dial("inside.example", a_resolver(allow_private=True)) == ["10.0.0.7 443"]


def test_a_name_that_an_operator_wrote_down_is_dialled_there() -> None:
    resolver = Resolver(Book(NAMES), hosts={"Office.example": "127.0.0.1"}, allow_private=False)
    assert dial("office.example", resolver) == ["127.0.0.1 443"]


def test_a_name_written_down_for_a_private_network_is_refused_like_any_other() -> None:
    resolver = Resolver(Book(NAMES), hosts={"office.example": "10.0.0.7"}, allow_private=False)
    assert dial("office.example", resolver) == []
    assert resolver.why_refused("office.example") == "10.0.0.7"


def test_an_international_name_is_found_in_either_spelling() -> None:
    hosts = {"xn--ministre-60a.example": "127.0.0.1"}
    resolver = Resolver(Book(NAMES), hosts=hosts, allow_private=False)
    assert dial("ministère.example", resolver) == ["127.0.0.1 443"]


@pytest.mark.parametrize("literal", ["127.0.0.1", "127.1"])
def test_a_literal_is_no_name_to_write_down(literal: str) -> None:
    resolver = Resolver(Book(NAMES), hosts={literal: "127.0.0.1"}, allow_private=False)
    assert dial(literal, resolver) == []
    assert resolver.why_refused(literal) == "127.0.0.1"
