"""Addresses: which document one names, and which host it asks."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urldefrag, urlencode, urlsplit, urlunsplit

# Parameters that say where a reader came from, never which document it is.
TRACKING = frozenset(
    "fbclid gclid gbraid wbraid dclid msclkid twclid ttclid li_fat_id mc_cid mc_eid igshid yclid"
    " _ga _gl _hsenc _hsmi mkt_tok wt_mc xtor ref_src ref_url"
    " at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4".split()
)
TRACKING_PREFIXES = ("utm_", "pk_", "mtm_", "hsa_", "piwik_", "matomo_")
# Names under which sites number their visitors; another visit brings another number.
SESSIONS = frozenset(
    "phpsessid jsessionid aspsessionid asp.net_sessionid cfid cftoken sessionid session_id"
    " sid".split()
)
# A short value under such a name may as well be the number of a section.
_SESSION = re.compile(r"[\w,-]{16,}")
_SESSION_IN_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_SESSION_SEGMENT = re.compile(r"/\([A-Z]\(\w{16,}\)\)(?=/)")

# How a page is shown, not what it says: for the printer, for a telephone.
VIEWS = frozenset(
    "print printable printer printview printmode print_view printerfriendly print-friendly"
    " imprimir imprimer drucken druckansicht amp amphtml mobile mobi".split()
)
_SHOWN = VIEWS | {"", "1", "true", "yes", "y", "on"}
# What chooses among views; only these values of them are about form.
_CHOOSING = frozenset(
    "view format output outputtype layout tmpl template mode display theme".split()
)
_FORMS = VIEWS | {"component", "default", "desktop", "html", "raw"}
_HOST_OF_VIEW = re.compile(r"(?:(?:www\d?|m|mobile|mobi|wap|amp|touch|print)\.)+(?=[^.]+\.)")
_DEFAULT_DOCUMENT = re.compile(
    r"/(?:index|default)\.(?:php\d?|html?|aspx?|jsp|jsf|shtml|cfm)(?=/|$)"
)
_ENDING_OF_VIEW = re.compile(r"\.(?:amp|print)(?=\.\w+$|$)|(?<=\.html)/amp$")
_LANGUAGE = re.compile(r"(?<=[/=._-])[a-z]{2}(?:[_-][a-z]{2})?(?=[/&._-]|$)", re.IGNORECASE)
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
    parameters, sessions, default port, letter case of the host, form of escapes). Keeps everything
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
        if not _is_of_the_reader(name.lower(), value)
    ]
    # By segment: an escaped slash is no separator.
    bare = _SESSION_SEGMENT.sub("", _SESSION_IN_PATH.sub("", parts.path))
    path = "/".join(map(_one_form, bare.split("/")))
    written = urlencode(query, errors="surrogateescape")
    return urlunsplit((parts.scheme.lower(), host_of(url), path or "/", written, ""))


def part_url(url: str) -> str:
    """The address under which we recognise one of several releases that stand on one page.

    >>> part_url("https://economy.example/statements?utm_source=x#march-18")
    'https://economy.example/statements#march-18'
    """
    return f"{canonical_url(url)}#{urldefrag(url).fragment}"


def _is_of_the_reader(name: str, value: str) -> bool:
    """True for a parameter that says who asks, or whence."""
    if name in SESSIONS:
        return _SESSION.fullmatch(value) is not None
    return name in TRACKING or name.startswith(TRACKING_PREFIXES)


def same_document(one: str, other: str) -> bool:
    """True where two addresses name one document, whatever view of it they ask for.

    >>> same_document("http://m.economy.example/press/12/", "https://economy.example/press/12?print=1")
    True
    >>> same_document("https://economy.example/de/press/12", "https://economy.example/en/press/12")
    False
    """
    return document_url(one) == document_url(other)


@lru_cache(maxsize=4096)
def document_url(url: str) -> str:
    """What all addresses of one document share; no address to ask.

    Beyond what ``canonical_url`` drops: scheme, www, the view (print, AMP, mobile), default
    documents, slashes. Two sites may well keep different documents there, so it takes their words
    as well to say that they do not.

    >>> document_url("https://www.economy.example/index.php/press/12/amp/")
    '//economy.example/press/12'
    """
    if not is_web_address(url):
        return url
    parts = urlsplit(canonical_url(url))
    host = _HOST_OF_VIEW.sub("", parts.netloc, count=1)
    path = _ENDING_OF_VIEW.sub("", _DEFAULT_DOCUMENT.sub("", parts.path))
    segments = [each for each in path.split("/") if each and each.lower() not in VIEWS]
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True, errors="surrogateescape")
        if not _is_of_the_view(name.lower(), value.lower())
    )
    written = urlencode(query, errors="surrogateescape")
    return urlunsplit(("", host, "/".join(["", *segments]), written, ""))


def any_language_url(url: str) -> str:
    """What the addresses of a document share with those of its translations on the same site.

    Two letters may also name a country or a section: it takes the words to say what they are.

    >>> any_language_url("https://economy.example/de/press/12?lang=de")
    '//economy.example//press/12?lang='
    """
    return _LANGUAGE.sub("", document_url(url))


def _is_of_the_view(name: str, value: str) -> bool:
    if name in _CHOOSING:
        return value in _FORMS
    return name in VIEWS and value in _SHOWN


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
