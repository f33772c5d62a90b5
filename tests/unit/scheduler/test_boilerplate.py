"""Which texts of a source are looked at when its boilerplate is learned?"""

from __future__ import annotations

from scheduler.boilerplate import sample
from storage.boilerplate import Newcomer


def newcomers(*places):
    """The newest first, each of a story on a day."""
    return [
        Newcomer(text_id=100 - number, story_id=story, day=day)
        for number, (story, day) in enumerate(places)
    ]


def test_each_day_is_looked_at_once():
    assert sample(newcomers((1, 9), (2, 9), (3, 8))) == {100: 9, 98: 8}


def test_each_story_is_looked_at_once():
    assert sample(newcomers((1, 9), (1, 8), (3, 7))) == {100: 9, 98: 7}


def test_only_sixty_days_are_looked_at():
    assert len(sample(newcomers(*[(day, day) for day in range(90)]))) == 60
