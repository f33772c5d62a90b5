"""Addresses: which document one names, and which host it asks."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, never which document it is.
TRACKING = frozenset(
    "fbclid gclid dclid msclkid mc_cid mc_eid igshid yclid _ga _gl"
    " at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4".split()
)
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_")
LONGEST_NAME = 253
DEFAULT_PORTS = {"http": 80, "https": 443}
UNRESERVED_IN_PATH = ":@!$&'()*+,;=-._~"
# On the web nobody signs in with a slash, and tokens also stand where a name would.
_WEB_CREDENTIALS = re.compile(r"(https?://)[^\s/?#]*@", re.IGNORECASE)
# Addresses of databases and mail servers: the name may show; slashes occur in passwords.
_PASSWORD = re.compile(r"(?<![\w+.-])((?!https?:)[a-z][\w+.-]*://[^\s:/@]*):\S*@", re.IGNORECASE)
_PASSWORD_IN_QUERY = re.compile(r"([?&]\w*password=)[^\s&]*", re.IGNORECASE)


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
        for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        if name.lower() not in TRACKING and not name.lower().startswith(TRACKING_PREFIXES)
    ]
    # By segment: an escaped slash is no separator.
    path = "/".join(map(_one_form, parts.path.split("/")))
    written = urlencode(query, errors="surrogateescape")
    return urlunsplit((parts.scheme.lower(), host_of(url), path or "/", written, ""))


def _one_form(segment: str) -> str:
    # Many sites escape other encodings than UTF-8: their bytes pass through as they are.
    letters = unquote(segment, errors="surrogateescape")
    return quote(letters, UNRESERVED_IN_PATH, errors="surrogateescape")


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
    name = f"[{name}]" if ":" in name else _ascii_name(name)
    if not name or port is None or port == DEFAULT_PORTS.get(parts.scheme.lower()):
        return name
    return f"{name}:{port}"


def _ascii_name(name: str) -> str:
    """A host's name as it is looked up, without the dot of its root; empty where none can be."""
    try:
        # Also refuses empty labels and those of more than 63 letters.
        written = name.removesuffix(".").encode("idna").decode()
    except UnicodeError:
        return ""
    return written if len(written) <= LONGEST_NAME else ""


def is_web_address(url: str) -> bool:
    """True for http and https addresses that name a host.

    >>> is_web_address("https://economy.example/"), is_web_address("file:///etc/passwd")
    (True, False)
    """
    return url.strip().lower().startswith(("http://", "https://")) and bool(host_of(url))


def without_credentials(url: str) -> str:
    """An address as it may be stored: a name and password in it are for nobody else to read.

    >>> without_credentials("https://desk:secret@economy.example/press")
    'https://economy.example/press'
    """
    return _WEB_CREDENTIALS.sub(r"\1", url)


def without_password(text: str) -> str:
    """The text as it may be shown: what is secret in its addresses is starred out.

    >>> without_password("cannot reach postgresql://desk:secret@db.example/pollwatch")
    'cannot reach postgresql://desk:***@db.example/pollwatch'
    >>> without_password("https://desk:secret@ministry.example/rss")
    'https://***@ministry.example/rss'
    """
    text = _WEB_CREDENTIALS.sub(r"\1***@", text)
    text = _PASSWORD.sub(r"\1:***@", text)
    return _PASSWORD_IN_QUERY.sub(r"\1***", text)
