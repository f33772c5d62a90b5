"""What each option says, and who says so."""

from pollwatch.loading import Config, load, plain_toml
from pollwatch.loading.checking import check
from pollwatch.loading.effective import EffectiveOption, effective_options
from pollwatch.loading.settings import Settings


def option(config: Config, name: str) -> EffectiveOption:
    return next(one for one in effective_options(config) if f"{one.section}.{one.name}" == name)


def test_what_nobody_says_has_its_default(folder):
    shown = option(folder.load(), "crawl.delay")

    assert (shown.value, shown.origin) == ("2s", "default")


def test_what_a_file_says_names_its_line(folder):
    file = folder.write("settings.toml", "[sources]\nshipped = false\n[crawl]\ndelay = '1m'\n")
    shown = option(folder.load(), "crawl.delay")

    assert (shown.value, shown.origin) == ("1m", f"{file}:4")


def test_what_the_environment_says_names_the_variable(folder):
    folder.write("settings.toml", "[sources]\nshipped = false\n[crawl]\ndelay = '1m'\n")
    shown = option(folder.load(POLLWATCH_CRAWL__DELAY="250ms"), "crawl.delay")

    assert (shown.value, shown.origin) == ("250ms", "POLLWATCH_CRAWL__DELAY")


def test_what_the_command_line_says_comes_first(folder):
    config = load(
        folder.path,
        environ={"POLLWATCH_DATABASE__URL": "/data/a.db"},
        overrides={"database.url": "/data/b.db"},
    )
    shown = option(config, "database.url")

    assert (shown.value, shown.origin) == (
        "sqlite:////data/b.db",
        "database.url on the command line",
    )


def test_quantities_show_as_one_writes_them(folder):
    folder.write(
        "settings.toml",
        "[sources]\nshipped = false\n[crawl]\npage_limit = '1500 kB'\n"
        "[keep]\noriginals_matched = 'forever'\noriginals_unmatched = '2y'\n",
    )
    config = folder.load()

    assert option(config, "crawl.page_limit").value == "1500 kB"
    assert option(config, "keep.originals_matched").value == "forever"
    assert option(config, "keep.originals_unmatched").value == "2y"


def test_what_is_not_set_has_no_value(folder):
    assert option(folder.load(), "crawl.ca_file").value is None


def test_passwords_are_starred_out(folder):
    file = folder.write("secret", "hunter2\n")
    config = folder.load(
        POLLWATCH_MAIL__PASSWORD_FILE=str(file),
        POLLWATCH_DATABASE__URL="postgresql://desk:hunter2@db.example/news",
    )
    shown = str(effective_options(config)) + repr(config.settings)

    assert "hunter2" not in shown
    assert option(config, "mail.password") == EffectiveOption(
        section="mail", name="password", value="***", origin="POLLWATCH_MAIL__PASSWORD_FILE"
    )
    assert option(config, "database.url").value == "postgresql://desk:***@db.example/news"


def test_all_that_is_shown_can_be_written_again():
    lines = [
        f"{one.section}.{one.name} = {one.value!r}".replace("False", "false").replace(
            "True", "true"
        )
        for one in effective_options(load(None, environ={"HOME": "/home/desk"}))
        if one.value is not None and one.section != "database"
    ]

    settings, mistakes = check(plain_toml.read("\n".join(lines).encode(), file="shown"), Settings)

    assert mistakes == ()
    assert settings == Settings()
