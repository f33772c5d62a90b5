"""pollwatch config."""

import pytest

from pollwatch.loading import shipped

KEYWORDS = "topics/elections/de.yaml"


@pytest.fixture
def folder(tmp_path):
    """A configuration folder of one's own, without the shipped sources."""
    (tmp_path / "settings.toml").write_text("[sources]\nshipped = false\n")
    return tmp_path


@pytest.fixture
def config(pollwatch, folder):
    """The commands of this noun, over that folder."""
    return lambda *words: pollwatch("config", *words, "--config", str(folder))


@pytest.fixture
def upgraded(config, folder):
    """A keyword file of one's own, which began from an older shipped file."""
    config("edit", KEYWORDS)
    begun_from = folder / ".shipped" / KEYWORDS
    begun_from.write_text(begun_from.read_text().replace("strong: |\n", "strong: |\n  Kür\n", 1))
    return folder / KEYWORDS


def test_a_configuration_without_mistakes_is_counted(pollwatch, folder):
    (counts,) = pollwatch.records("config", "check", "--config", str(folder), "--json")

    assert (counts["sources"], counts["feeds"], counts["topics"]) == (0, 0, 1)


def test_a_configuration_without_mistakes_is_said_to_be_so(config):
    assert config("check").stdout.startswith("No mistakes: 0 sources, 0 feeds, 1 topic, ")


def test_mistakes_are_named_with_file_and_line(config, folder):
    (folder / "settings.toml").write_text("[crawl]\ndelai = '2s'\n")

    result = config("check")

    assert result.exit_code == 2
    assert "settings.toml:2:" in result.stderr


def test_a_folder_that_is_not_there_is_wrong_usage(pollwatch, tmp_path):
    assert pollwatch("config", "check", "--config", str(tmp_path / "none")).exit_code == 2


def test_settings_show_with_their_origin(config, folder, monkeypatch):
    monkeypatch.setenv("POLLWATCH_CRAWL__AT_ONCE", "3")
    shown = config("show", "--db", "/data/a.db").stdout.splitlines()

    assert 'delay = "2s"                   # default' in shown
    assert "at_once = 3                    # POLLWATCH_CRAWL__AT_ONCE" in shown
    assert "# ca_file is not set" in shown
    assert f"# {folder}/settings.toml:2" in "\n".join(shown)


def test_an_origin_that_is_too_long_stands_above(config):
    shown = config("show").stdout

    assert '# default\nuser_agent = "pollwatch (press release monitor; ' in shown


def test_passwords_do_not_show(config, monkeypatch):
    monkeypatch.setenv("POLLWATCH_MAIL__PASSWORD", "hunter2")
    url = "postgresql://desk:hunter2@db.example/news"
    shown = config("show", "--db", url).stdout + config("show", "--db", url, "--json").stdout

    assert "hunter2" not in shown
    assert 'password = "***"' in shown
    assert '"postgresql://desk:***@db.example/news"' in shown


def test_programs_get_a_line_for_each_option(pollwatch, folder):
    records = pollwatch.records("config", "show", "--config", str(folder), "--json")

    assert {"option": "crawl.at_once", "value": 8, "from": "default"} in records


def test_where_says_which_file_counts(config, folder):
    (folder / "topics/elections").mkdir(parents=True)
    (folder / KEYWORDS).write_text("extends: shipped\n")

    shown = config("where", "topics/elections/de.yaml", "topics/elections/fr.yaml").stdout

    assert shown == (
        f"extended      {folder}/topics/elections/de.yaml\n"
        f"shipped       {shipped()}/topics/elections/fr.yaml\n"
    )


def test_where_shows_everything_where_nothing_is_named(config, folder):
    lines = config("where").stdout.splitlines()

    assert f"extended      {folder}/settings.toml" in lines
    assert f"shipped       {shipped()}/{KEYWORDS}" in lines


def test_where_answers_beside_mistakes(config, folder):
    (folder / "settings.toml").write_text("[crawl]\ndelai = '2s'\n")

    assert config("where", "settings.toml").exit_code == 0


def test_where_knows_what_it_does_not_know(config):
    result = config("where", "topics/elections/dee.yaml")

    assert result.exit_code == 2
    assert "write 'topics/elections/de.yaml' instead" in result.stderr


def test_programs_get_both_files(pollwatch, folder):
    (folder / "topics/elections").mkdir(parents=True)
    (folder / KEYWORDS).write_text("extends: shipped\n")

    assert pollwatch.records("config", "where", KEYWORDS, "--config", str(folder), "--json") == [
        {
            "name": KEYWORDS,
            "standing": "extended",
            "file": str(folder / KEYWORDS),
            "shipped": str(shipped() / KEYWORDS),
        }
    ]


def test_edit_prints_the_path_of_the_copy(config, folder):
    result = config("edit", KEYWORDS)

    assert (result.exit_code, result.stdout) == (0, f"{folder / KEYWORDS}\n")
    assert "write `extends: shipped` as its first line" in result.stderr


def test_edit_leaves_what_is_yours(config, folder):
    config("edit", KEYWORDS)
    (folder / KEYWORDS).write_text("# mine\n")

    result = config("edit", KEYWORDS)

    assert (result.exit_code, result.stdout) == (0, f"{folder / KEYWORDS}\n")
    assert result.stderr == "It is yours already, and stays as it is.\n"
    assert (folder / KEYWORDS).read_text() == "# mine\n"


def test_edit_makes_the_usual_folder_where_there_is_none(pollwatch, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("POLLWATCH_CONFIG", raising=False)

    shown = pollwatch("config", "edit", KEYWORDS).stdout

    assert shown == f"{tmp_path}/xdg/pollwatch/{KEYWORDS}\n"


@pytest.mark.parametrize("path", ["topics/elections", "topics/elections/xx.yaml", "/etc/passwd"])
def test_edit_takes_one_shipped_file(config, path):
    assert config("edit", path).exit_code == 2


def test_edit_knows_a_source_of_ones_own_by_its_id(config, folder):
    own = folder / "sources" / "xx" / "xx_own.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: Own\n")

    result = config("edit", "xx_own")

    assert (result.exit_code, result.stdout) == (0, f"{own}\n")
    assert result.stderr == "It is yours already, and stays as it is.\n"


def test_edit_of_settings_says_what_they_are(pollwatch, tmp_path):
    result = pollwatch("config", "edit", "settings.toml", "--config", str(tmp_path))

    assert "What you leave out of it keeps its default" in result.stderr


def test_a_broken_file_is_compared_and_its_mistake_named(config, upgraded):
    upgraded.write_text("strong: [broken\n")

    result = config("diff")

    assert result.exit_code == 2
    assert f"{KEYWORDS}: out of date: the shipped file has changed, and so has yours\n" in (
        result.stdout
    )
    assert f"{upgraded}:" in result.stderr


def test_nothing_to_compare_is_said(config):
    result = config("diff")

    assert (result.exit_code, result.stdout) == (
        0,
        "No file of yours stands for a shipped one.\n",
    )


def test_a_file_that_is_up_to_date_is_said_to_be_so(config, folder):
    config("edit", KEYWORDS)
    (folder / KEYWORDS).write_text("strong: |\n  Wahl\n")

    result = config("diff")

    assert result.exit_code == 0
    assert result.stdout.startswith(
        f"{KEYWORDS}: changed by you; the shipped file is as it was\n  Changes in yours:\n"
    )


def test_a_file_that_is_out_of_date_is_shown_and_the_exit_is_1(config, upgraded):
    upgraded.write_text("strong: |\n  Wahl\n")

    result = config("diff")

    assert result.exit_code == 1
    assert f"{KEYWORDS}: out of date: the shipped file has changed, and so has yours" in (
        result.stdout
    )
    assert "    -  Kür\n" in result.stdout
    assert "  Changes in yours:" in result.stdout


def test_what_is_out_of_date_can_be_settled(config, folder, upgraded):
    upgraded.write_text("strong: |\n  Wahl\n")
    (folder / ".shipped" / KEYWORDS).write_bytes((shipped() / KEYWORDS).read_bytes())

    assert config("diff").exit_code == 0


def test_a_file_that_extends_is_never_out_of_date(config, upgraded):
    upgraded.write_text("extends: shipped\nstrong: |\n  Landratswahl\n")

    result = config("diff", KEYWORDS)

    assert (result.exit_code, result.stdout) == (
        0,
        f"{KEYWORDS}: follows the shipped file by itself; nothing to do\n",
    )


def test_a_shipped_file_has_nothing_to_compare(config):
    assert config("diff", "topics/elections/fr.yaml").stdout == (
        "No file of yours stands for a shipped one.\n"
    )


def test_programs_get_the_state_of_each_file(pollwatch, folder, upgraded):
    upgraded.write_text("strong: |\n  Wahl\n")

    (found,) = pollwatch.records("config", "diff", "--config", str(folder), "--json")

    assert (found["name"], found["state"], found["out_of_date"]) == (
        KEYWORDS,
        "both changed",
        True,
    )


def test_a_file_cannot_move_the_cursor(config, upgraded):
    upgraded.write_text("strong: |\n  Wahl \x1b[2J\n")

    assert "+  Wahl \\x1b[2J" in config("diff").stdout
