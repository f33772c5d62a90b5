"""Small PDFs for tests, written by hand."""

from __future__ import annotations

import zlib
from collections.abc import Sequence


def a_pdf(*pages: Sequence[str], title: str = "", made: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    about = f"/Title ({title}) " * bool(title) + f"/CreationDate ({made})" * bool(made)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, lines in enumerate(pages):
        objects += [_page(5 + 2 * number), _stream("\n".join(map(_shown, lines)).encode("cp1252"))]
    objects.append(f"<< {about} >>".encode())
    return _file(objects)


def a_pdf_bomb(size: int = 300_000_000) -> bytes:
    """A PDF with a page of which the little that is there unpacks to very much."""
    packer = zlib.compressobj(9)
    piece = b" " * 10_000_000
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
    head = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode()
    pages = b"<< /Type /Pages /Kids [4 0 R] /Count 1 >>"
    return _file(
        [
            b"<< /Type /Catalog /Pages 2 0 R >>",
            pages,
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
            _page(5),
            head + packed + b"\nendstream",
            b"<< >>",
        ]
    )


def _shown(line: str) -> str:
    escaped = line.replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 12 Tf 1 0 0 1 72 720 Tm 0 -14 Td ({escaped}) Tj ET\n1 0 0 1 0 -14 cm"


def _page(contents: int) -> bytes:
    return (
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792]"
        f" /Resources << /Font << /F1 3 0 R >> >> /Contents {contents} 0 R >>"
    ).encode()


def _stream(content: bytes) -> bytes:
    return f"<< /Length {len(content)} >>\nstream\n".encode() + content + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += f"{number} 0 obj\n".encode() + content + b"\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        body
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R"
            f" /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
        ).encode()
    )
