import pytest

from pollwatch.loading import plain_toml

TEXT = """\
# c
[crawl]
delay = "2s"   # c

[crawl.hosts]
"press.example" = "127.0.0.1"

[mail]
host = "x"
"""


def read(text):
    return plain_toml.read(text.encode(), file="settings.toml")


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("crawl",), 2),
        (("crawl", "delay"), 3),
        (("crawl", "hosts"), 5),
        (("crawl", "hosts", "press.example"), 6),
        (("mail", "host"), 9),
        (("mail", "missing"), 8),
        (("nothing",), 1),
    ],
)
def test_every_table_and_key_knows_its_line(path, line):
    assert read(TEXT).line_of(path) == line


def test_a_dotted_key_knows_its_line():
    assert read('\ncrawl.delay = "2s"\n').line_of(("crawl", "delay")) == 2


def test_an_inline_table_gives_its_line_to_what_it_holds():
    assert read('[crawl]\nhosts = {a = "x"}\n').line_of(("crawl", "hosts", "a")) == 2


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (
            "[crawl]\ndelay = 2s\n",
            (
                "settings.toml:2: cannot be read as TOML (Expected newline or end of "
                "document after a "
                "statement); put text in quotes, and close what was opened"
            ),
        ),
        (
            '[mail]\nhost = "a"\nhost = "b"\n',
            "settings.toml:3: this key or table stands here again; keep one of the two",
        ),
        (
            "[mail]\n[log]\n[mail]\n",
            "settings.toml:3: this key or table stands here again; keep one of the two",
        ),
        (
            '[mail]\nhost = "a',
            (
                "settings.toml:2: cannot be read as TOML (Unterminated string); "
                "put text in quotes, and close what was opened"
            ),
        ),
    ],
)
def test_what_is_no_toml_is_a_mistake_with_its_line(text, mistake):
    assert [str(mistake) for mistake in read(text).mistakes] == [mistake]


def test_bytes_that_are_not_utf_8_are_a_mistake_with_their_line():
    document = plain_toml.read(b'\n[mail]\nhost = "\xff"\n', file="settings.toml")

    assert [str(mistake) for mistake in document.mistakes] == [
        "settings.toml:3: holds bytes that are not UTF-8; save it as UTF-8"
    ]
