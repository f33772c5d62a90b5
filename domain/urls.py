"""Addresses: which document one names, and which host it asks."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, never which document it is.
TRACKING = frozenset(
    {"fbclid", "gclid", "dclid", "msclkid", "mc_cid", "mc_eid", "igshid", "yclid", "_ga", "_gl"}
)
TRACKING_PREFIXES = ("utm_", "at_", "pk_", "mtm_")
DEFAULT_PORTS = {"http": 80, "https": 443}
UNRESERVED_IN_PATH = "/:@!$&'()*+,;=-._~"


def canonical_url(url: str) -> str:
    """The address under which we recognise a document.

    Drops what changes without changing the document (fragment, tracking
    parameters, default port, letter case of the host, form of escapes). Keeps everything
    else: a wrong drop would make two releases one. What is no address stays as it is.

    >>> canonical_url("HTTPS://Economy.example:443/press/12?utm_source=x#top")
    'https://economy.example/press/12'
    >>> canonical_url("http://economy.example")
    'http://economy.example/'
    """
    # Half a surrogate pair is no letter, and no address can hold it.
    url = url.strip().encode(errors="ignore").decode()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name.lower() not in TRACKING and not name.lower().startswith(TRACKING_PREFIXES)
    ]
    path = quote(
        unquote(parts.path, errors="surrogateescape"), UNRESERVED_IN_PATH, errors="surrogateescape"
    )
    return urlunsplit((parts.scheme.lower(), host_of(url), path or "/", urlencode(query), ""))


def host_of(url: str) -> str:
    """The host that an address asks, in ASCII, with its port unless that is the default.

    Empty where the address names none, or cannot be read.

    >>> host_of("https://Ministère.example:8443/x")
    'xn--ministre-60a.example:8443'
    >>> host_of("mailto:press@economy.example")
    ''
    """
    try:
        parts = urlsplit(url.strip())
        name, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if ":" in name:
        name = f"[{name}]"
    elif not name.isascii():
        try:
            name = name.encode("idna").decode()
        except UnicodeError:
            return ""
    if not name or port is None or port == DEFAULT_PORTS.get(parts.scheme.lower()):
        return name
    return f"{name}:{port}"


def is_web_address(url: str) -> bool:
    """True for http and https addresses that name a host.

    >>> is_web_address("https://economy.example/"), is_web_address("file:///etc/passwd")
    (True, False)
    """
    return url.strip().lower().startswith(("http://", "https://")) and bool(host_of(url))
