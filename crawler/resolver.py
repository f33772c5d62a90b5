"""Which addresses may be dialled?

Every connection of the process asks this resolver, also for addresses written as numbers in
whatever spelling (``127.1``, ``0x7f.1``, ``2130706433``): Twisted hands literals to it like
names. So what is checked here is what is dialled, and a name cannot turn into another address
between the check and the call. A press office lives in the public internet; anything else is
refused, unless the settings say aloud that it is wanted: ``allow_private`` for all of it,
``hosts`` for a name that a trial on this machine answers for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from socket import inet_aton
from typing import Any

from twisted.internet import address as dialled
from twisted.internet.interfaces import (
    IAddress,
    IHostnameResolver,
    IHostResolution,
    IResolutionReceiver,
)
from zope.interface import implementer  # type: ignore[import-untyped]

# IANA's special-purpose registries. Of IPv6 only 2000::/3 is handed out to the public at all.
NOT_PUBLIC_4 = tuple(
    ip_network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # behind a provider's NAT
        "127.0.0.0/8",  # this machine
        "169.254.0.0/16",  # link-local; cloud metadata
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
PUBLIC_6 = ip_network("2000::/3")
NOT_PUBLIC_6 = tuple(
    ip_network(block)
    for block in (
        "2001::/23",  # protocol assignments, Teredo
        "2001:db8::/32",  # documentation
        "3fff::/20",  # documentation
    )
)
NAT64 = ip_network("64:ff9b::/96")
SIX_TO_FOUR = ip_network("2002::/16")


def is_public(address: str) -> bool:
    """True for an address that anybody in the internet can reach.

    An IPv6 address that wraps an IPv4 one is as public as what it wraps.

    >>> is_public("8.8.8.8"), is_public("10.0.0.1"), is_public("::ffff:127.0.0.1")
    (True, False, False)
    """
    found = ip_address(address.partition("%")[0])
    if isinstance(found, IPv6Address):
        wrapped = _wrapped(found)
        if wrapped is None:
            return found in PUBLIC_6 and not any(found in block for block in NOT_PUBLIC_6)
        found = wrapped
    return not any(found in block for block in NOT_PUBLIC_4)


def _wrapped(address: IPv6Address) -> IPv4Address | None:
    if address in NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address in SIX_TO_FOUR:
        return address.sixtofour
    return address.ipv4_mapped


@implementer(IHostnameResolver)
class Resolver:
    """The process's only way from a name to an address."""

    def __init__(self, behind: Any, *, hosts: Mapping[str, str], allow_private: bool) -> None:
        self.behind = behind
        self._hosts = {_ascii(name): address for name, address in hosts.items()}
        self._allow_private = allow_private
        self._refused: dict[str, str] = {}

    def why_refused(self, name: str) -> str | None:
        """The address that a name had when it was refused just now; None where it was not."""
        return self._refused.pop(_ascii(name), None)

    def resolveHostName(  # noqa: N802 - Twisted's name for it
        self,
        resolutionReceiver: IResolutionReceiver,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Give a connection the addresses that it may dial; none where all are refused."""
        name = _ascii(hostName)
        self._refused.pop(name, None)
        written = None if _is_literal(name) else self._hosts.get(name)
        receiver: Any = resolutionReceiver
        if not self._allow_private and not (written and _is_trial(written)):
            receiver = _PublicOnly(resolutionReceiver, name=name, refused=self._refused)
        return self.behind.resolveHostName(
            receiver, written or hostName, portNumber, addressTypes, transportSemantics
        )


@implementer(IResolutionReceiver)
class _PublicOnly:
    """Lets public addresses through and notes the others."""

    def __init__(self, receiver: Any, *, name: str, refused: dict[str, str]) -> None:
        self._receiver = receiver
        self._name = name
        self._refused = refused

    def resolutionBegan(self, resolutionInProgress: IHostResolution) -> None:  # noqa: N802, N803
        self._receiver.resolutionBegan(resolutionInProgress)

    def addressResolved(self, address: IAddress) -> None:  # noqa: N802
        if isinstance(address, dialled.IPv4Address | dialled.IPv6Address):
            if is_public(address.host):
                self._receiver.addressResolved(address)
            else:
                self._refused[self._name] = address.host

    def resolutionComplete(self) -> None:  # noqa: N802
        self._receiver.resolutionComplete()


def _ascii(name: str) -> str:
    """A name as it travels: Twisted shows us international names in their own letters."""
    try:
        return name.lower().encode("idna").decode()
    except UnicodeError:
        return name.lower()


def _is_trial(address: str) -> bool:
    """True for this machine: whoever writes it down for a name runs a trial, and says so."""
    return _is_literal(address) and ip_address(address).is_loopback


def _is_literal(name: str) -> bool:
    """True for an address in any spelling that a system dials: ``127.1`` is one too."""
    try:
        ip_address(name)
    except ValueError:
        pass
    else:
        return True
    try:
        inet_aton(name)
    except OSError:
        return False
    return True
