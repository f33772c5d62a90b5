from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection, IncompleteRead
from socket import create_connection
from time import monotonic

import pytest

from pollwatch.demo.town import Answer, Drip, Town, dated, moved, page

OFFICES = {
    "office.example": {
        "/": page("Good morning."),
        "/news": dated(b"news", at=datetime(2024, 3, 20, tzinfo=UTC)),
        "/list": lambda asked: page(asked.path),
        "/list?page=9": page("the ninth"),
        "/today": lambda asked: page(asked.day.isoformat()),
        "/moved": moved("/news"),
        "/slow": Answer(body=b"slow", delay=timedelta(milliseconds=60)),
        "/dripping": Answer(body=b"abcdef", drip=Drip(size=2, pause=timedelta(milliseconds=30))),
        "/endless": Answer(body=b"x" * 1000, endless=True),
        "/cut": Answer(body=b"abcdef", cut_short=True),
        "/lying": Answer(body=b"short", declared_length=2**30),
        "/silent": Answer(silence=True),
    },
    "closed.example": {"/": page("no", status=403)},
}


@pytest.fixture
def offices():
    return OFFICES


def test_an_office_is_found_by_its_host_name(visitor):
    assert visitor.ask("/").body == b"Good morning."
    assert visitor.ask("/", host="closed.example").status == 403


def test_a_host_name_is_known_with_its_port_and_in_any_case(visitor, town):
    assert visitor.ask("/", host=f"Office.EXAMPLE:{town.port}").status == 200


@pytest.mark.parametrize("path", ["/nowhere", "/robots.txt"])
def test_a_path_that_no_office_has_is_not_found(visitor, path):
    assert visitor.ask(path).status == 404


def test_a_host_that_the_town_lacks_is_not_found(visitor):
    assert visitor.ask("/", host="elsewhere.example").status == 404


def test_every_office_is_at_home_on_this_machine(town):
    assert town.hosts == {"office.example": "127.0.0.1", "closed.example": "127.0.0.1"}


def test_an_answer_of_a_path_hears_the_query(visitor):
    assert visitor.ask("/list?page=2").body == b"/list?page=2"


def test_a_path_with_its_query_can_have_an_answer_of_its_own(visitor):
    assert visitor.ask("/list?page=9").body == b"the ninth"


def test_the_day_of_the_town_decides_and_not_the_number_of_visits(visitor, town):
    town.day = date(2024, 3, 18)
    assert [visitor.ask("/today").body, visitor.ask("/today").body] == [b"2024-03-18"] * 2
    town.day = date(2024, 3, 19)
    assert visitor.ask("/today").body == b"2024-03-19"


@pytest.mark.parametrize(
    ("validator", "shown_as"), [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
def test_who_shows_a_validator_gets_no_body_again(visitor, validator, shown_as):
    first = visitor.ask("/news")
    again = visitor.ask("/news", **{shown_as: first.headers[validator]})
    assert (again.status, again.body) == (304, b"")


def test_who_shows_an_old_validator_gets_the_body(visitor):
    assert visitor.ask("/news", **{"If-None-Match": '"old"'}).body == b"news"


def test_a_redirect_names_its_target(visitor):
    answer = visitor.ask("/moved")
    assert (answer.status, answer.headers["Location"]) == (301, "/news")


def test_a_slow_answer_lets_wait(visitor, town):
    assert visitor.ask("/slow").body == b"slow"
    (note,) = town.book
    assert note.ended - note.began > 0.05


def test_a_dripping_body_comes_whole_and_late(visitor, town):
    assert visitor.ask("/dripping").body == b"abcdef"
    (note,) = town.book
    assert note.ended - note.began > 0.05


def test_an_endless_body_goes_on(visitor):
    visitor.line.request("GET", "/endless", headers={"Host": "office.example"})
    with visitor.line.getresponse() as answer:
        assert len(answer.read(1_000_000)) == 1_000_000


def test_a_body_that_is_cut_short_ends_in_its_middle(visitor):
    with pytest.raises(IncompleteRead) as cut:
        visitor.ask("/cut")
    assert (cut.value.partial, cut.value.expected) == (b"abc", 3)


def test_a_lying_length_is_not_kept(visitor):
    with pytest.raises(IncompleteRead) as lie:
        visitor.ask("/lying")
    assert lie.value.expected == 2**30 - 5


def test_silence_lasts_until_the_visitor_leaves(town):
    with closing(HTTPConnection("127.0.0.1", town.port, timeout=0.1)) as line:
        line.request("GET", "/silent", headers={"Host": "office.example"})
        with pytest.raises(TimeoutError):
            line.getresponse()
    assert town.wait_for_notes(1)[0].status == 0


def test_the_book_holds_who_was_asked_for_what_and_how(visitor, town):
    visitor.ask("/news?x=1", **{"If-None-Match": '"old"'})
    (note,) = town.book
    assert (note.host, note.path, note.status) == ("office.example", "/news?x=1", 200)
    assert note.headers["if-none-match"] == '"old"'


def test_the_book_keeps_the_order_of_visits(visitor, town):
    visitor.ask("/")
    visitor.ask("/news")
    assert [note.path for note in town.book] == ["/", "/news"]
    assert town.book[0].ended <= town.book[1].began


def test_a_new_page_of_the_book_is_empty(visitor, town):
    visitor.ask("/")
    town.clear_book()
    assert town.book == ()


def test_one_line_serves_many_requests(visitor):
    visitor.ask("/")
    first = visitor.line.sock
    visitor.ask("/news")
    assert visitor.line.sock is first


def test_the_town_closes_at_once_though_a_visitor_still_waits(visitor, town):
    visitor.ask("/")
    visitor.line.request("GET", "/silent", headers={"Host": "office.example"})
    before = monotonic()
    town.close()
    assert monotonic() - before < 1


def test_a_closed_town_can_be_closed_again(town):
    town.close()
    town.close()
    with pytest.raises(ConnectionRefusedError):
        create_connection(("127.0.0.1", town.port))


def test_the_town_can_be_opened_at_a_given_port():
    with Town(OFFICES) as first:
        port = first.port
    with Town(OFFICES, port=port) as second:
        assert second.port == port
