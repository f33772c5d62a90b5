import pytest

from pollwatch.loading import load

SOURCE = """\
name: Ministry of Economy
country: FR
language: fr
feeds: [{name: news, kind: rss, url: "https://economy.example/rss"}]
"""


def source_ids(config):
    return [source.id for source in config.sources]


def test_what_comes_with_the_program_loads_without_a_mistake():
    config = load(None, environ={"HOME": "/home/desk"})

    assert config.folder is None
    assert "elections" in [topic.id for topic in config.topics]
    assert config.subscribers == ()


def test_own_sources_lie_over_the_shipped_ones(folder):
    folder.write("settings.toml", "")
    folder.write("sources/xx/xx_one.yaml", SOURCE)

    shipped = source_ids(load(None, environ={}))

    assert source_ids(folder.load()) == sorted([*shipped, "xx_one"])


def test_the_shipped_catalogue_can_be_left_out(folder):
    folder.write("sources/xx/xx_one.yaml", SOURCE)

    assert source_ids(folder.load()) == ["xx_one"]


def test_own_sources_are_all_that_is_left_without_the_catalogue_even_if_there_are_none(folder):
    assert folder.load().sources == ()


@pytest.mark.parametrize(
    ("only", "ids"),
    [("xx/*", ["xx_one", "xx_two"]), ("xx_two", ["xx_two"]), ("fr_*, xx_one", ["fr_a", "xx_one"])],
)
def test_patterns_narrow_the_sources(folder, only, ids):
    folder.write("sources/fr/fr_a.yaml", SOURCE)
    folder.write("sources/xx/xx_one.yaml", SOURCE)
    folder.write("sources/xx/xx_two.yaml", SOURCE)

    assert source_ids(folder.load(POLLWATCH_SOURCES__ONLY=only)) == ids


def test_a_pattern_that_names_nothing_is_a_mistake_where_it_was_written(folder):
    folder.write("sources/xx/xx_one.yaml", SOURCE)
    folder.write("settings.toml", '[sources]\nshipped = false\nonly = ["xx_onne"]\n')

    assert folder.mistakes() == [
        "settings.toml:3: only: no source is called 'xx_onne'; write 'xx_one' instead"
    ]


def test_a_pattern_that_names_nothing_in_the_environment_names_the_variable(folder):
    folder.write("sources/xx/xx_one.yaml", SOURCE)

    assert folder.mistakes(POLLWATCH_SOURCES__ONLY="de/*") == [
        (
            "POLLWATCH_SOURCES__ONLY: only: no source is called 'de/*'; "
            "write one of these instead: xx_one"
        )
    ]


def test_an_own_file_without_a_shipped_twin_can_be_switched_off(folder):
    folder.write("sources/xx/xx_one.yaml", "enabled: false\n")

    assert folder.load().sources == ()


def test_a_shipped_topic_can_be_switched_off(folder):
    folder.write("topics/elections/topic.yaml", "enabled: false\n")

    assert folder.load().topics == ()


def test_an_own_keyword_file_replaces_the_shipped_one(folder):
    folder.write("topics/elections/de.yaml", "strong: |\n  Volkskammerwahl*\n")

    topic = folder.load().topics[0]

    assert [word.term for word in topic.keywords if word.language == "de"] == ["Volkskammerwahl*"]


def test_an_own_keyword_file_can_add_to_the_shipped_one(folder):
    shipped = {word.term for word in folder.load().topics[0].keywords}
    folder.write("topics/elections/de.yaml", "extends: shipped\nstrong: |\n  Volkskammerwahl*\n")

    words = {word.term for word in folder.load().topics[0].keywords}

    assert words - shipped == {"Volkskammerwahl*"}
    assert shipped <= words


def test_subscribers_choose_from_the_topics_that_are_there(folder):
    folder.write("topics/sport/en.yaml", "strong: |\n  football\n")
    folder.write("subscribers.yaml", "subscribers: [{id: desk, to: a@b.c}]\n")

    assert folder.load().subscribers[0].topics == ("elections", "sport")


def test_all_mistakes_of_all_files_come_together_in_order(folder):
    folder.write("settings.toml", "[sources]\nshipped = false\n[crawl]\nfoo = 1\n")
    folder.write("sources/xx/xx_one.yaml", SOURCE.replace("FR", "UK"))
    folder.write("topics/elections/de.yaml", "strong: |\n  Wahl |\nstong: x\n")
    folder.write("subscribers.yaml", "subscribers: [{id: desk}]\n")

    assert folder.mistakes() == [
        (
            "settings.toml:4: unknown key 'foo'; write one of these instead: user_agent, delay, "
            "timeout, page_limit, at_once, releases_per_run, allow_private, hosts, ca_file"
        ),
        (
            "sources/xx/xx_one.yaml:2: country: 'UK' is no country or body that we know; "
            "write 'GB' instead"
        ),
        "subscribers.yaml:1: 'to' is missing; write a line 'to: desk@example.org'",
        (
            "topics/elections/de.yaml:2: 'Wahl |': there are no options after '|'; write some, or "
            "delete the bar"
        ),
        "topics/elections/de.yaml:3: unknown key 'stong'; write 'strong' instead",
    ]


def test_a_file_that_cannot_be_opened_is_a_mistake_like_others(folder):
    (folder.path / "sources/xx").mkdir(parents=True)
    (folder.path / "sources/xx/xx_one.yaml").symlink_to("nowhere")

    assert folder.mistakes() == [
        (
            "sources/xx/xx_one.yaml: cannot be read (No such file or directory); "
            "mend its permissions, or delete it"
        )
    ]


def test_a_file_of_another_encoding_is_a_mistake_like_others(folder):
    (folder.path / "sources/xx").mkdir(parents=True)
    (folder.path / "sources/xx/xx_one.yaml").write_bytes(b"name: \xff\n")

    assert folder.mistakes() == [
        "sources/xx/xx_one.yaml:1: holds bytes that are not UTF-8; save it as UTF-8"
    ]


def test_the_same_files_have_the_same_checksum(folder):
    folder.write("sources/xx/xx_one.yaml", SOURCE)

    assert folder.load().checksum == folder.load().checksum


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("sources/xx/xx_one.yaml", f"{SOURCE}# edited\n"),
        ("sources/xx/xx_two.yaml", SOURCE),
        ("subscribers.yaml", "subscribers: []\n# edited\n"),
        ("settings.toml", "[sources]\nshipped = false\n# edited\n"),
        ("topics/elections/de.yaml", "extends: shipped\n"),
    ],
)
def test_an_edit_changes_the_checksum(folder, name, text):
    folder.write("sources/xx/xx_one.yaml", SOURCE)
    before = folder.load().checksum

    folder.write(name, text)

    assert folder.load().checksum != before
