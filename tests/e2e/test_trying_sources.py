"""A live try of a source, as a process of its own."""


def test_a_try_shows_releases_and_stores_nothing(program, town):
    done = program("sources", "try", "fr_mfa", "--json")

    assert (done.code, done.err) == (0, "")
    assert [set(release["witnesses"]) for release in done.json["releases"]] == [
        {"title", "text", "published_at", "language"}
    ] * 2
    assert program.held() == []
    assert program("run", "--source", "fr_mfa", "--json").json["releases"] == 4


def test_a_try_leaves_alone_what_asked_for_it(program, town):
    program("sources", "try", "xx_busy")
    town.clear_book()
    done = program("sources", "try", "xx_busy")

    assert done.code == 3
    assert "busy.example" in done.err
    assert "asked to be left alone until" in done.err
    assert town.book == ()


def test_robots_txt_holds_for_a_try_too(program, town):
    program("sources", "try", "us_state")

    asked = [note.path for note in town.book if note.host == "state.us.example"]
    assert asked[0] == "/robots.txt"
    assert [path for path in asked if path.startswith("/media-only/")] == []


def test_a_source_that_is_not_there_is_wrong_usage(program):
    done = program("sources", "try", "xx_nobody")

    assert done.code == 2
    assert "there is no source 'xx_nobody'" in done.err
