"""Draws the picture in the README: the digest of the demo, as a browser shows it.

`make picture` runs it. It needs Chromium.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

PICTURE = Path(__file__).parent / "digest.png"
# The head of the digest and its first stories, at a width that GitHub shows unscaled.
SIZE = "800,1040"
# A README should load at once.
MOST_BYTES = 200_000


def main() -> None:
    """Run the demo and photograph what it leaves."""
    browser = shutil.which("chromium")
    if browser is None:
        sys.exit("chromium is missing; install it, on Debian with: apt-get install chromium")
    with TemporaryDirectory() as folder:
        town = Path(folder) / "town"
        demo = [sys.executable, "-m", "pollwatch", "demo", "--keep", str(town)]
        subprocess.run(demo, check=True, stdout=subprocess.DEVNULL)
        draw = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
        draw += [f"--user-data-dir={folder}/profile", f"--window-size={SIZE}"]
        page = (town / "digest.html").as_uri()
        # On a machine without a desktop it complains of much that no picture needs.
        draw += [f"--screenshot={PICTURE}", page]
        subprocess.run(draw, check=True, stderr=subprocess.DEVNULL)
    weight = PICTURE.stat().st_size
    if weight > MOST_BYTES:
        sys.exit(f"{PICTURE} has {weight:,} bytes; choose a smaller SIZE")


main()
