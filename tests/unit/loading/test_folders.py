from pathlib import Path

import pytest

from domain.errors import ConfigError
from pollwatch.loading.folders import find_folder, misplaced, overlay, shipped


def make(folder, *names):
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("")
    return folder


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """A current folder without configuration, and a home without any."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_shipped_folder_is_there():
    assert (shipped() / "settings.toml").is_file()


def test_the_folder_named_on_the_command_line_comes_first(elsewhere):
    make(elsewhere, "a/x", "b/x", "config/settings.toml")

    found = find_folder(elsewhere / "a", {"POLLWATCH_CONFIG": str(elsewhere / "b")})

    assert found == elsewhere / "a"


def test_the_variable_comes_before_the_current_folder(elsewhere):
    make(elsewhere, "b/x", "config/settings.toml")

    assert find_folder(None, {"POLLWATCH_CONFIG": str(elsewhere / "b")}) == elsewhere / "b"


@pytest.mark.parametrize("name", ["config/settings.toml", "config/sources/pl/pl_mfa.yaml"])
def test_config_in_the_current_folder_counts_if_it_looks_like_ours(elsewhere, name):
    make(elsewhere, name)

    assert find_folder(None, {"HOME": str(elsewhere)}).absolute() == elsewhere / "config"


def test_config_of_somebody_else_does_not_count(elsewhere):
    make(elsewhere, "config/webpack.js")

    assert find_folder(None, {"HOME": str(elsewhere)}) is None


def test_the_usual_place_comes_last(elsewhere):
    make(elsewhere, ".config/pollwatch/settings.toml")

    assert find_folder(None, {"HOME": str(elsewhere)}) == elsewhere / ".config/pollwatch"


def test_the_usual_place_can_be_moved(elsewhere):
    make(elsewhere, "xdg/pollwatch/settings.toml")

    environ = {"HOME": str(elsewhere), "XDG_CONFIG_HOME": str(elsewhere / "xdg")}

    assert find_folder(None, environ) == elsewhere / "xdg/pollwatch"


def test_in_a_checkout_a_folder_in_the_home_goes_before_the_shipped_one(elsewhere, monkeypatch):
    monkeypatch.chdir(shipped().parent)
    environ = {"HOME": str(elsewhere)}
    assert find_folder(None, environ) == Path("config")

    make(elsewhere / ".config/pollwatch", "settings.toml")
    assert find_folder(None, environ) == elsewhere / ".config/pollwatch"


def test_a_named_folder_that_is_not_there_is_a_mistake(elsewhere):
    with pytest.raises(
        ConfigError,
        match=r"no such folder; make one with `pollwatch init .*nowhere`, or mend --config",
    ):
        find_folder(elsewhere / "nowhere", {})


def test_a_variable_that_names_no_folder_is_a_mistake(elsewhere):
    with pytest.raises(
        ConfigError, match=r"make one with `pollwatch init .*nowhere`, or mend POLLWATCH_CONFIG"
    ):
        find_folder(None, {"POLLWATCH_CONFIG": str(elsewhere / "nowhere")})


def test_an_own_file_replaces_the_shipped_one_at_the_same_path(tmp_path):
    base = make(tmp_path / "base", "sources/pl/pl_mfa.yaml", "sources/de/de_mfa.yaml")
    own = make(tmp_path / "own", "sources/pl/pl_mfa.yaml", "sources/xx/xx_one.yaml")

    files = overlay(base, own)

    assert [(name, file.path, file.replaces, file.is_own) for name, file in files.items()] == [
        ("sources/de/de_mfa.yaml", base / "sources/de/de_mfa.yaml", None, False),
        (
            "sources/pl/pl_mfa.yaml",
            own / "sources/pl/pl_mfa.yaml",
            base / "sources/pl/pl_mfa.yaml",
            True,
        ),
        ("sources/xx/xx_one.yaml", own / "sources/xx/xx_one.yaml", None, True),
    ]


def test_a_folder_laid_over_itself_replaces_nothing(tmp_path):
    base = make(tmp_path, "sources/pl/pl_mfa.yaml")

    assert overlay(base, base)["sources/pl/pl_mfa.yaml"].replaces is None


def test_a_folder_of_sources_may_be_a_link(tmp_path):
    make(tmp_path / "shared", "pl/pl_mfa.yaml")
    own = make(tmp_path / "own", "settings.toml")
    (own / "sources").symlink_to(tmp_path / "shared")

    assert list(overlay(own, None)) == ["settings.toml", "sources/pl/pl_mfa.yaml"]


def test_hidden_files_and_other_types_are_left_alone(tmp_path):
    own = make(
        tmp_path,
        ".shipped/sources/pl/pl_mfa.yaml",
        "sources/pl/.pl_mfa.yaml.swp",
        "sources/pl/pl_mfa.yaml~",
        "README.md",
        "topics/elections/notes.txt",
    )

    assert overlay(own, None) == {}
    assert misplaced(own) == ()


@pytest.mark.parametrize(
    ("name", "mend"),
    [
        ("setings.toml", "name it settings.toml"),
        ("settings.yml", "name it settings.toml"),
        ("subscriber.yaml", "name it subscribers.yaml"),
        ("sources/pl/pl_mfa.yml", "name it pl_mfa.yaml"),
        ("sources/pl_mfa.yaml", "put it at sources/xx/xx_name.yaml, xx being the country"),
        ("sources/eu/pl/pl_mfa.yaml", "put it at sources/xx/xx_name.yaml, xx being the country"),
        ("topics/elections/en.yaml.txt", "name it en.yaml"),
        ("topics/elections/en.txt", "name it en.yaml"),
        ("sources/pl/pl_mfa.yml.txt", "name it pl_mfa.yaml"),
        ("subscribers.yaml.txt", "name it subscribers.yaml"),
        ("topic/elections/en.yaml", "put it under sources/, topics/, elections/ or names/"),
    ],
)
def test_a_file_that_would_never_be_read_is_a_mistake(tmp_path, name, mend):
    make(tmp_path, name)

    assert [mistake.text for mistake in misplaced(tmp_path)] == [f"is not read here; {mend}"]
