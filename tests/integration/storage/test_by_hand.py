"""What a person says of stories: done at once, remembered for good, and no mail to anybody."""

from __future__ import annotations

import pytest

from domain.errors import CannotBe
from domain.reading import Verdict
from tests.builders import a_visit
from tests.fakes import FakeJudge
from tests.integration.storage.saving import after, save, titled
from tests.integration.storage.test_stories import tell


def judge_of(**verdicts):
    """A judge of texts by the first letters of their titles; of others it finds nothing."""
    pairs = {"AB": None, "AC": None, "BC": None} | verdicts
    titles = {"A": "Alpha", "B": "Beta", "C": "Gamma"}
    return FakeJudge(
        {frozenset(titles[one] for one in pair): verdict for pair, verdict in pairs.items()}
    )


def stories(store):
    """The titles of each story."""
    found = {}
    for row in store.dump():
        found.setdefault(row["story"], set()).add(row["title"])
    return sorted("".join(sorted(title[0] for title in titles)) for titles in found.values())


def ids(store, kind="release"):
    return {row["title"]: row[kind] for row in store.dump()}


def arrive(store, *titles, judge, hours=0):
    visit = a_visit(*map(titled, titles), finished_at=after(hours=hours))
    save(store, visit, judge=judge)


def join(store, one, other, judge, because="One statement."):
    return store.memberships.join(one, other, because=because, judge=judge)


def split(store, *names, judge, because="Two statements."):
    return store.memberships.split(names, because=because, judge=judge)


@pytest.fixture
def apart(store):
    """Two stories that were found apart."""
    judge = judge_of(AB=Verdict.APART, AC=Verdict.JOINS, BC=Verdict.APART)
    arrive(store, "Alpha", judge=judge)
    arrive(store, "Beta", judge=judge)
    return judge


@pytest.fixture
def alike(store):
    """One story of two releases."""
    judge = judge_of(AB=Verdict.JOINS, AC=Verdict.JOINS, BC=Verdict.JOINS)
    arrive(store, "Alpha", "Beta", judge=judge)
    return judge


def test_two_stories_that_are_joined_are_one(store, apart):
    names = ids(store)
    assert join(store, names["Alpha"], names["Beta"], apart)
    assert stories(store) == ["AB"]


def test_what_was_joined_stays_one_when_more_arrives(store, apart):
    names = ids(store)
    join(store, names["Alpha"], names["Beta"], apart)
    arrive(store, "Gamma", judge=apart)
    assert stories(store) == ["ABG"]


def test_both_stories_answer_to_their_ids_after_a_join(store, apart):
    names = ids(store, "story")
    join(store, names["Alpha"], names["Beta"], apart)
    found = {store.memberships.of(name).story.id for name in names.values()}
    assert found == {names["Alpha"]}


@pytest.mark.parametrize("kind", ["release", "story"])
def test_joining_again_changes_nothing(store, apart, kind):
    names = ids(store, kind)
    join(store, names["Alpha"], names["Beta"], apart)
    before = list(store.dump())
    assert not join(store, names["Alpha"], names["Beta"], apart)
    assert list(store.dump()) == before


def test_what_is_split_off_is_a_story_of_its_own(store, alike):
    assert split(store, ids(store)["Beta"], judge=alike)
    assert stories(store) == ["A", "B"]


def test_what_was_split_stays_apart_when_a_text_arrives_that_is_like_both(store, alike):
    split(store, ids(store)["Beta"], judge=alike)
    arrive(store, "Gamma", judge=alike)
    assert len(stories(store)) == 2
    assert len({ids(store, "story")[title] for title in ("Alpha", "Beta")}) == 2


def test_releases_leave_a_story_together(store, alike):
    arrive(store, "Gamma", judge=alike)
    names = ids(store)
    split(store, names["Beta"], names["Gamma"], judge=alike)
    assert stories(store) == ["A", "BG"]


def test_splitting_again_changes_nothing(store, alike):
    name = ids(store)["Beta"]
    split(store, name, judge=alike)
    before = list(store.dump())
    assert not split(store, name, judge=alike)
    assert list(store.dump()) == before


def test_a_join_is_undone_by_a_split(store, apart):
    names = ids(store)
    join(store, names["Alpha"], names["Beta"], apart)
    split(store, names["Beta"], judge=apart)
    arrive(store, "Gamma", judge=apart)
    assert stories(store) == ["AG", "B"]


def test_a_split_is_undone_by_a_join(store, alike):
    arrive(store, "Gamma", judge=alike)
    names = ids(store)
    split(store, names["Beta"], judge=alike)
    join(store, names["Gamma"], names["Beta"], alike)
    assert stories(store) == ["ABG"]


def test_a_story_can_be_held_together_before_anything_splits_it(store, alike):
    names = ids(store)
    assert join(store, names["Alpha"], names["Beta"], alike)
    (likeness,) = store.memberships.of(names["Alpha"]).likenesses
    assert (likeness.method, likeness.reason) == ("person", "One statement.")


def test_a_sound_database_stays_sound(store, alike):
    names = ids(store)
    split(store, names["Beta"], judge=alike)
    join(store, names["Alpha"], names["Beta"], alike)
    assert store.check() == ()


def test_what_is_not_held_cannot_be_joined(store, apart):
    with pytest.raises(CannotBe, match="no story or release 'nonsense'"):
        join(store, ids(store)["Alpha"], "nonsense", apart)


def test_a_release_is_not_joined_to_itself(store, apart):
    name = ids(store)["Alpha"]
    with pytest.raises(CannotBe, match="one and the same"):
        join(store, name, name, apart)


def test_a_release_that_stands_alone_cannot_be_split(store, apart):
    with pytest.raises(CannotBe, match="Nothing stands in one story with"):
        split(store, ids(store)["Alpha"], judge=apart)


def test_releases_of_two_stories_do_not_leave_one(store, apart):
    with pytest.raises(CannotBe, match="Nothing stands in one story with"):
        split(store, *ids(store).values(), judge=apart)


def test_a_whole_story_does_not_leave_itself(store, alike):
    with pytest.raises(CannotBe, match="is a whole story"):
        split(store, ids(store, "story")["Alpha"], judge=alike)


def untold(store):
    return {
        release.title
        for story in store.untold_stories("elections", subscriber="desk")
        for release in story.releases
        if release.id not in story.told
    }


def test_what_is_joined_to_a_told_story_is_not_told(store, database_url, apart):
    names = ids(store)
    tell(database_url, names["Alpha"])
    join(store, names["Alpha"], names["Beta"], apart)
    assert untold(store) == set()


def test_what_nobody_was_told_is_told_after_a_join(store, apart):
    names = ids(store)
    join(store, names["Alpha"], names["Beta"], apart)
    assert untold(store) == {"Alpha", "Beta"}


def test_what_stood_in_a_told_story_is_not_told_after_a_split(store, database_url, alike):
    names = ids(store)
    tell(database_url, names["Alpha"], at=after(hours=1))
    split(store, names["Beta"], judge=alike)
    assert untold(store) == set()


def test_what_came_after_a_story_was_told_is_news_once_it_is_split_off(store, database_url, alike):
    tell(database_url, ids(store)["Alpha"], at=after(hours=1))
    arrive(store, "Gamma", judge=alike, hours=2)
    split(store, ids(store)["Gamma"], judge=alike)
    assert untold(store) == {"Gamma"}


def test_a_story_comes_with_what_speaks_for_it_and_with_what_is_near(store, apart):
    arrive(store, "Gamma", judge=apart, hours=1)
    names = ids(store)
    found = store.memberships.of(names["Alpha"])
    assert [release.title for release in found.story.releases] == ["Alpha", "Gamma"]
    assert [release.title for release in found.near] == ["Beta"]
    assert sorted(likeness.verdict for likeness in found.likenesses) == ["apart", "apart", "joins"]
