"""Which mail addresses does every server take, and which two are the same?"""

from __future__ import annotations

import re

LOCAL_PART = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.ASCII)
DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*", re.ASCII)


def taken_everywhere(written: str) -> tuple[str, str] | None:
    """The two parts of an address as servers take it; None where some would not.

    Letters of other scripts stand only in the domain, which is encoded.

    >>> taken_everywhere("desk@bücher.example")
    ('desk', 'xn--bcher-kva.example')
    """
    local, _, domain = written.rpartition("@")
    try:
        encoded = domain.encode("idna").decode()
    except UnicodeError:
        return None
    return (local, encoded) if LOCAL_PART.fullmatch(local) and DOMAIN.fullmatch(encoded) else None


def as_compared(written: str) -> str:
    """An address as it is compared with others: the same for all spellings of it.

    RFC 5321 lets a server tell ``Desk@`` from ``desk@``; none that people use does. Who wants no
    mail must not get any because somebody writes him with a capital, so the part before the @ is
    put into small letters too; at worst a second person under such an address has to ask.

    >>> as_compared("Desk@Bücher.example")
    'desk@xn--bcher-kva.example'
    """
    parts = taken_everywhere(written)
    return "@".join(parts).lower() if parts else written
