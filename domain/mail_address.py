"""Which mail addresses does every server take?"""

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
