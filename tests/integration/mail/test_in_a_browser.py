"""The digest in a real browser, as wide as a phone and as a desk."""

import shutil
import struct
import subprocess
import zlib

import pytest

from tests.unit.digest.reviewed_digest import copies

BROWSER = shutil.which("chromium")
LONGEST_S = 120

pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no chromium on this machine")


@pytest.fixture
def page(tmp_path):
    """The reviewed digest as a file."""
    file = tmp_path / "digest.html"
    file.write_bytes(copies()["digest.html"])
    return file


@pytest.fixture
def browse(tmp_path):
    """Runs the browser without a window on a profile of its own; gives what it prints."""

    def run(*words):
        command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        profile = f"--user-data-dir={tmp_path / 'profile'}"
        done = subprocess.run(
            [*command, profile, *words], capture_output=True, timeout=LONGEST_S, check=True
        )
        return done.stdout.decode()

    return run


def drawn(picture):
    """Width and height of a PNG, and the colour of its first pixel, which no filter changes."""
    data = picture.read_bytes()
    size = struct.unpack(">II", data[16:24])
    start = data.index(b"IDAT") + 4
    return size, tuple(zlib.decompressobj().decompress(data[start:], 4)[1:])


@pytest.mark.parametrize("width", [390, 1200])
@pytest.mark.parametrize(
    ("scheme", "background"), [(0, (21, 23, 26)), (1, (255, 255, 255))], ids=["dark", "light"]
)
def test_it_is_drawn_at_any_width_dark_and_light(page, browse, tmp_path, width, scheme, background):
    picture = tmp_path / "digest.png"
    browse(
        f"--window-size={width},900",
        f"--blink-settings=preferredColorScheme={scheme}",
        f"--screenshot={picture}",
        page.as_uri(),
    )

    assert drawn(picture) == ((width, 900), background)


def test_a_browser_reads_it_as_it_was_written_and_runs_nothing(page, browse):
    seen = browse("--dump-dom", page.as_uri())

    assert seen.count("<article>") == 5
    assert '<blockquote lang="ar" dir="rtl">' in seen
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in seen
    assert "<script" not in seen
