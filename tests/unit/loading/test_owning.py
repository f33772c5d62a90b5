"""A folder becomes a user's own, and shipped files theirs."""

import pytest

from domain.errors import ConfigError, PollwatchError
from pollwatch.loading import load, shipped
from pollwatch.loading.owning import begin_folder, take_over

KEYWORDS = "topics/elections/de.yaml"


def files_in(folder):
    return sorted(
        path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
    )


def test_a_new_folder_holds_settings_and_subscribers_and_nothing_else(tmp_path):
    begin_folder(tmp_path / "new", base=shipped())

    assert files_in(tmp_path / "new") == ["settings.toml", "subscribers.yaml"]


def test_a_new_folder_changes_nothing(tmp_path):
    begin_folder(tmp_path, base=shipped())
    environ = {"HOME": "/home/desk"}

    begun, bare = load(tmp_path, environ=environ), load(None, environ=environ)

    assert (begun.settings, begun.subscribers) == (bare.settings, bare.subscribers)


def test_a_new_folder_says_what_can_be_written(tmp_path):
    begin_folder(tmp_path, base=shipped())
    settings = (tmp_path / "settings.toml").read_text()

    assert '# delay = "2s"                 # pause after each request to a host' in settings


def test_a_file_that_is_there_already_stays_as_it_is(tmp_path):
    (tmp_path / "settings.toml").write_text("# mine\n")

    files = begin_folder(tmp_path, base=shipped())

    assert [file.is_new for file in files] == [False, True]
    assert (tmp_path / "settings.toml").read_text() == "# mine\n"


def test_a_folder_that_cannot_be_written_is_said_with_what_to_do(tmp_path):
    (tmp_path / "new").write_text("a file")

    with pytest.raises(PollwatchError, match=r"cannot be written .*\. Name another folder"):
        begin_folder(tmp_path / "new", base=shipped())


def test_a_shipped_file_is_copied_and_the_copy_it_began_from_kept(tmp_path):
    file = take_over(KEYWORDS, own=tmp_path, base=shipped())

    assert (file.path, file.is_new) == (tmp_path / KEYWORDS, True)
    assert files_in(tmp_path) == [f".shipped/{KEYWORDS}", KEYWORDS]
    assert (tmp_path / KEYWORDS).read_bytes() == (shipped() / KEYWORDS).read_bytes()
    assert (tmp_path / ".shipped" / KEYWORDS).read_bytes() == (shipped() / KEYWORDS).read_bytes()


def test_a_file_that_is_theirs_already_stays_as_it_is(tmp_path):
    take_over(KEYWORDS, own=tmp_path, base=shipped())
    (tmp_path / KEYWORDS).write_text("# mine\n")

    file = take_over(KEYWORDS, own=tmp_path, base=shipped())

    assert not file.is_new
    assert (tmp_path / KEYWORDS).read_text() == "# mine\n"


def test_the_folder_that_comes_with_the_program_is_nobodys_own():
    with pytest.raises(ConfigError, match="name one of your own with --config"):
        take_over(KEYWORDS, own=shipped(), base=shipped())
