import pytest

from pollwatch.loading import plain_yaml
from pollwatch.loading.files import LoadedFile
from pollwatch.loading.topics import read_topics


def file(name, text):
    return LoadedFile(
        name=f"topics/{name}",
        document=plain_yaml.read(text.encode(), file=name),
        checksum="",
        beneath=None,
        is_own=True,
        replaces_shipped=False,
    )


def topic(*files):
    topics, mistakes = read_topics(files)
    assert mistakes == ()
    return topics[0]


def mistakes(*files):
    _, found = read_topics(files)
    return [str(mistake) for mistake in found]


def test_a_topic_says_how_it_judges():
    elections = topic(
        file(
            "elections/topic.yaml",
            "title: Elections\nthreshold: 2\nwindow: 8\ntitle_weight: 1.5\nlead_weight: 0.5\n",
        )
    )

    assert elections.id == "elections"
    assert elections.title == "Elections"
    assert elections.threshold == 2
    assert elections.window == 8
    assert elections.title_weight == 1.5
    assert elections.lead_weight == 0.5


def test_a_topic_without_a_description_has_defaults():
    elections = topic(file("elections/en.yaml", "strong: |\n  ballot*\n"))

    assert elections.title == "elections"
    assert elections.threshold == 1
    assert elections.window == 12
    assert elections.title_weight == 1
    assert elections.lead_weight == 1


def test_a_topic_has_the_keywords_of_all_its_languages():
    elections = topic(
        file("elections/any.yaml", "strong: |\n  =CENI\n"),
        file("elections/en.yaml", "strong: |\n  ballot*\n"),
    )

    assert [(each.language, each.term) for each in elections.keywords] == [
        ("any", "=CENI"),
        ("en", "ballot*"),
    ]


def test_each_folder_is_a_topic():
    topics, _ = read_topics([file("sport/en.yaml", ""), file("elections/en.yaml", "")])

    assert [each.id for each in topics] == ["elections", "sport"]


def test_a_topic_can_be_switched_off():
    files = [file("elections/topic.yaml", "enabled: false\n"), file("elections/en.yaml", "")]

    assert read_topics(files) == ((), ())


@pytest.mark.parametrize(
    ("name", "text", "mistake"),
    [
        (
            "elections/topic.yaml",
            "treshold: 1\n",
            "elections/topic.yaml:1: unknown key 'treshold'; write 'threshold' instead",
        ),
        (
            "elections/topic.yaml",
            "window: 1.5\n",
            (
                "elections/topic.yaml:1: window: 1.5 is not a whole number; "
                "write a whole number instead"
            ),
        ),
        (
            "elections/topic.yaml",
            "threshold: 0\n",
            "elections/topic.yaml:1: threshold: 0 cannot be; it should be greater than 0",
        ),
        (
            "elections/topic.yaml",
            'threshold: "1"\n',
            "elections/topic.yaml:1: threshold: '1' is not a number; write a number instead",
        ),
        (
            "elections/jp.yaml",
            "",
            (
                "elections/jp.yaml:1: the file's name: 'jp' is no code of a language; "
                "write 'ja' instead"
            ),
        ),
        (
            "Wahlen 2024/en.yaml",
            "",
            (
                "Wahlen 2024/en.yaml: the folder 'Wahlen 2024' cannot name a topic; "
                "write small letters, digits, '_', '-'"
            ),
        ),
    ],
)
def test_one_mistake_is_told_with_its_place_and_what_to_write(name, text, mistake):
    assert mistakes(file(name, text)) == [mistake]
