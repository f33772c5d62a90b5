"""Which of two files each thing comes from."""

import pytest

from domain.errors import ConfigError
from pollwatch.loading.standing import named, standing_files

NAMES = (
    "settings.toml",
    "sources/pl/pl_mfa.yaml",
    "sources/pl/pl_president.yaml",
    "topics/elections/de.yaml",
)


def make(folder, files):
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


@pytest.fixture
def base(tmp_path):
    files = {
        "settings.toml": "",
        "sources/de/de_mfa.yaml": "name: x\n",
        "sources/pl/pl_mfa.yaml": "name: x\n",
        "topics/elections/de.yaml": "strong: |\n  Wahl\n",
        "topics/elections/topic.yaml": "title: Elections\n",
    }
    return make(tmp_path / "shipped", files)


@pytest.fixture
def own(tmp_path):
    return make(tmp_path / "own", {})


def standings(base, own, **environ):
    return {file.name: str(file.standing) for file in standing_files(base, own, environ=environ)}


def test_without_an_own_folder_everything_is_shipped(base):
    assert set(standings(base, None).values()) == {"shipped"}


@pytest.mark.parametrize(
    ("name", "text", "standing"),
    [
        ("sources/pl/pl_mfa.yaml", "name: y\n", "replaced"),
        ("sources/pl/pl_mfa.yaml", "enabled: false\n", "switched off"),
        ("sources/xx/xx_one.yaml", "name: y\n", "own"),
        ("topics/elections/de.yaml", "extends: shipped\n", "extended"),
        ("topics/elections/de.yaml", "strong: |\n  Wahl\n", "replaced"),
        ("topics/sport/en.yaml", "strong: |\n  football\n", "own"),
        ("sources/pl/pl_mfa.yaml", "name: [broken\n", "replaced"),
        ("settings.toml", "[crawl]\ndelay = '5s'\n", "extended"),
        ("subscribers.yaml", "subscribers: []\n", "own"),
    ],
)
def test_an_own_file_stands_beside_its_twin(base, own, name, text, standing):
    make(own, {name: text})

    assert standings(base, own)[name] == standing


def test_the_shipped_folder_named_as_ones_own_is_still_the_shipped_one(base):
    files = standing_files(base, base, environ={})

    assert {file.standing for file in files} == {"shipped"}


def test_a_topic_is_switched_off_with_all_its_files(base, own):
    make(own, {"topics/elections/topic.yaml": "enabled: false\n"})

    found = standings(base, own)

    assert (found["topics/elections/topic.yaml"], found["topics/elections/de.yaml"]) == (
        "switched off",
        "switched off",
    )


def test_settings_leave_out_the_catalogue(base, own):
    make(own, {"settings.toml": "[sources]\nshipped = false\n", "sources/xx/xx_one.yaml": ""})

    found = standings(base, own)

    assert (found["sources/pl/pl_mfa.yaml"], found["sources/xx/xx_one.yaml"]) == (
        "left out",
        "own",
    )


def test_patterns_leave_out_what_they_do_not_name(base, own):
    found = standings(base, own, POLLWATCH_SOURCES__ONLY="pl/*")

    assert (found["sources/pl/pl_mfa.yaml"], found["sources/de/de_mfa.yaml"]) == (
        "shipped",
        "left out",
    )


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("settings.toml", ("settings.toml",)),
        ("pl_mfa", ("sources/pl/pl_mfa.yaml",)),
        ("sources/pl", ("sources/pl/pl_mfa.yaml", "sources/pl/pl_president.yaml")),
        ("sources/pl/", ("sources/pl/pl_mfa.yaml", "sources/pl/pl_president.yaml")),
        (".", NAMES),
    ],
)
def test_a_file_a_folder_and_a_source_can_be_named(written, names):
    assert named(written, among=NAMES, folders=()) == names


def test_a_path_on_disk_can_be_named(base):
    file = base / "topics/elections/de.yaml"

    assert named(str(file), among=NAMES, folders=[base]) == ("topics/elections/de.yaml",)


@pytest.mark.parametrize("written", ["topics/elections/de.yml", "../../etc/passwd", ""])
def test_what_is_no_file_of_the_configuration_is_wrong_usage(written, tmp_path):
    with pytest.raises(ConfigError, match="is no file of the configuration"):
        named(written or "/etc/passwd", among=NAMES, folders=[tmp_path])


def test_the_file_that_was_probably_meant_is_named():
    with pytest.raises(ConfigError, match=r"write 'topics/elections/de\.yaml' instead"):
        named("topics/election/de.yaml", among=NAMES, folders=())
