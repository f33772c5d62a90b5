"""What does a PDF say? A program of its own, for a file that somebody else made.

``python -m crawler.extract.pdf_text`` reads a PDF from its input and writes JSON. Files exist
that take hours or all memory to read: whoever starts this ends it when it takes too long, and it
takes no more than it was given.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
from io import BytesIO
from itertools import islice

from pypdf import PdfReader

MOST_PAGES = 100
MOST_LETTERS = 500_000
MOST_MEMORY = 1_000_000_000
MOST_SECONDS = 15


def main() -> None:
    """Read a PDF from standard input, and write what it says."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    logging.disable()
    said = _read(sys.stdin.buffer.read())
    json.dump({field: _letters(text) for field, text in said.items()}, sys.stdout)


def _letters(text: str) -> str:
    """Without zero bytes and halves of surrogate pairs."""
    return text.replace("\0", "").encode(errors="ignore").decode()


def _read(body: bytes) -> dict[str, str]:
    reader = PdfReader(BytesIO(body))
    about = reader.metadata
    made = about.creation_date if about else None
    return {
        "title": str(about.title or "") if about else "",
        "made": made.isoformat() if made and made.tzinfo else "",
        "text": _text(reader),
    }


def _text(reader: PdfReader) -> str:
    said: list[str] = []
    letters = 0
    for page in islice(reader.pages, MOST_PAGES):
        said.append(page.extract_text())
        letters += len(said[-1])
        if letters > MOST_LETTERS:
            break
    return "\n".join(said)[:MOST_LETTERS]


if __name__ == "__main__":
    main()
