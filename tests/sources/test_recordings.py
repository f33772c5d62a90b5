"""Are your own recordings still read as you found them right?

``pollwatch sources record ID`` keeps them under ``recordings/`` in your configuration folder, which
``POLLWATCH_CONFIG`` names. They are never part of the repository: pages belong to their publishers.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pollwatch.loading import load
from pollwatch.recording import EXPECTED, FOLDER, differences

CONFIG = os.environ.get("POLLWATCH_CONFIG", "")
RECORDED = sorted(file.parent for file in Path(CONFIG, FOLDER).glob(f"*/{EXPECTED}") if CONFIG)


@pytest.mark.skipif(not RECORDED, reason="POLLWATCH_CONFIG names no folder with recordings")
@pytest.mark.parametrize("folder", RECORDED, ids=lambda folder: folder.name)
def test_a_recording_is_read_as_it_was_found_right(folder: Path):
    sources = {source.id: source for source in load(Path(CONFIG), environ={}).sources}

    assert list(differences(folder, sources[folder.name].feeds)) == []
