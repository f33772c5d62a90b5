"""Do the recipes of the catalogue find a release in mark-up as it was described?

The pages are ours, a few lines each: what others said of a site, written down.
"""

from datetime import UTC, datetime

import pytest

from crawler.readers.listing import read_listing
from domain.source import FeedKind
from pollwatch.loading import load
from tests.unit.crawler.pages import a_page

FEEDS = {feed.id: feed for source in load(None, environ={}).sources for feed in source.feeds}

DESCRIBED = [
    pytest.param(
        "eu_eeas/press",
        "<div class='card'><form></form></div>"
        "<div class='card'><h5 class='card-title'>"
        "<a href='/eeas/on-the-vote_en'>On the vote</a></h5>"
        "<div class='card-footer node__meta'>18.03.2024</div></div>",
        ("https://www.eeas.europa.eu/eeas/on-the-vote_en", datetime(2024, 3, 17, 23, tzinfo=UTC)),
        id="eeas-leaves-out-the-form-for-searching",
    ),
    pytest.param(
        "pl_mfa/news",
        "<ul><li>Menu</li></ul><article><ul><li><div class='title'>"
        "<a href='/web/dyplomacja/oswiadczenie-msz35'>On the vote</a></div>"
        "<span class='date'>18.03.2024</span></li></ul></article>",
        (
            "https://www.gov.pl/web/dyplomacja/oswiadczenie-msz35",
            datetime(2024, 3, 17, 23, tzinfo=UTC),
        ),
        id="poland",
    ),
    pytest.param(
        "cz_mzv/news",
        "<div class='article_content'><h2 class='article_title'>"
        "<a href='/jnp/cz/udalosti_a_media/tiskove_zpravy/volby.html'>On the vote</a></h2>"
        "<p class='articleDate'>18. 3. 2024</p></div>"
        "<div class='article_content'><h2 class='article_title'>"
        "<a href='/jnp/cz/cestujeme/viza.html'>Visa</a></h2></div>",
        (
            "https://mzv.gov.cz/jnp/cz/udalosti_a_media/tiskove_zpravy/volby.html",
            datetime(2024, 3, 17, 23, tzinfo=UTC),
        ),
        id="czechia-takes-press-releases-only",
    ),
    pytest.param(
        "fr_mfa/statements",
        "<article><a href='/en/presse-et-ressources/actualites/vote'>On the vote</a>"
        "<time datetime='2024-03-18T10:00:00+01:00'>18 March 2024</time></article>",
        (
            "https://www.diplomatie.gouv.fr/en/presse-et-ressources/actualites/vote",
            datetime(2024, 3, 17, 23, tzinfo=UTC),
        ),
        id="france",
    ),
    pytest.param(
        "fr_president/news",
        "<a href='/emmanuel-macron/2024/03/18/vote'><span>18 mars</span>"
        "<span>On the vote</span></a>",
        ("https://www.elysee.fr/emmanuel-macron/2024/03/18/vote", None),
        id="presidency-of-france-has-the-title-in-the-last-part-of-a-link",
    ),
    pytest.param(
        "jp_kantei/press",
        "<a href='/jp/index.html'>Home</a><a href='202403/18_a.html'>On the vote</a>",
        ("https://www.kantei.go.jp/jp/tyoukanpress/202403/18_a.html", None),
        id="chief-cabinet-secretary-of-japan",
    ),
    pytest.param(
        "cn_mfa/remarks",
        "<ul><li><a href='/eng/'>Home</a></li>"
        "<li><a href='./202403/t20240318_11262781.html'>On the vote</a></li></ul>",
        ("https://www.mfa.gov.cn/eng/xw/fyrbt/202403/t20240318_11262781.html", None),
        id="china",
    ),
    pytest.param(
        "int_coe/newsroom",
        "<a href='/en/web/portal/home'>Home</a>"
        "<a href='https://www.coe.int/en/web/portal/-/on-the-vote'><h3>On the vote</h3></a>",
        ("https://www.coe.int/en/web/portal/-/on-the-vote", None),
        id="council-of-europe",
    ),
    pytest.param(
        "lu_mae/news",
        "<li class='cmp-focus-list-item'><a class='blocklink' href='/fr/vote.html'></a>"
        "<h3 class='focus-page-title'>On the vote</h3>"
        "<time class='article-published'>18.03.2024</time></li>"
        "<li class='cmp-focus-list-item'><a class='blocklink' href='/fr/visas.html'></a></li>",
        ("https://mae.gouvernement.lu/fr/vote.html", datetime(2024, 3, 17, 23, tzinfo=UTC)),
        id="luxembourg-leaves-out-what-has-no-date",
    ),
    pytest.param(
        "ie_dfa/news",
        "<div role='region' aria-label='Press releases Recent links'><a class='gi-title-ellipsis'"
        " href='/en/department-of-foreign-affairs/press-releases/vote/'>"
        "<b>On the vote</b></a></div>",
        ("https://www.gov.ie/en/department-of-foreign-affairs/press-releases/vote/", None),
        id="ireland",
    ),
    pytest.param(
        "am_mfa/news",
        "<div class='news-list'><ul><li><div><a href='/en/press/12'>On the vote</a></div>"
        "<div class='date italic'>18 March, 2024</div></li></ul></div>",
        ("https://www.mfa.am/en/press/12", datetime(2024, 3, 17, 20, tzinfo=UTC)),
        id="armenia",
    ),
    pytest.param(
        "az_mfa/news",
        "<a class='section_newsIn_item' href='/en/news/no07226'>"
        "<div class='section_newsIn_item_content--header'>On the vote</div>"
        "<div class='section_newsIn_item_content_information'><span>Statement</span>"
        "<span>18 March 2024</span></div></a>",
        ("https://www.mfa.gov.az/en/news/no07226", datetime(2024, 3, 17, 20, tzinfo=UTC)),
        id="azerbaijan-names-the-day-second",
    ),
    pytest.param(
        "vn_mofa/remarks",
        "<div class='block-category-container'><h3 class='news-title'>"
        "<a href='/tin-chi-tiet/chi-tiet/vote'>On the vote</a></h3>"
        "<div class='news-time'>10:30 | 18/03/2024</div></div>",
        (
            "https://mofa.gov.vn/tin-chi-tiet/chi-tiet/vote",
            datetime(2024, 3, 18, 3, 30, tzinfo=UTC),
        ),
        id="vietnam-with-the-hour",
    ),
    pytest.param(
        "sa_mofa/statements",
        "<a href='/en/ministry/statements/Pages/default.aspx'>Statements</a>"
        "<a href='/en/ministry/statements/Pages/vote.aspx'>On the vote</a>",
        ("https://www.mofa.gov.sa/en/ministry/statements/Pages/vote.aspx", None),
        id="saudi-arabia-leaves-out-the-list-itself",
    ),
    pytest.param(
        "pt_mne/press",
        "<div class='item'><h2><a href='/comunicacao-e-media/vote'>On the vote</a></h2>"
        "<time datetime='2024-03-18'>18 março 2024</time></div>",
        (
            "https://portaldiplomatico.mne.gov.pt/comunicacao-e-media/vote",
            datetime(2024, 3, 18, tzinfo=UTC),
        ),
        id="portugal",
    ),
]


@pytest.mark.parametrize(("feed_id", "body", "expected"), DESCRIBED)
def test_a_recipe_finds_the_one_release_on_a_page(
    feed_id: str, body: str, expected: tuple[str, datetime | None]
):
    feed = FEEDS[feed_id]

    (entry,) = read_listing(a_page(f"<html><body>{body}</body></html>", url=feed.url), feed).entries

    assert (entry.title, entry.url, entry.published_at) == ("On the vote", *expected)


def test_every_listing_that_is_declared_has_a_recipe():
    bare = [
        feed.id for feed in FEEDS.values() if feed.kind is FeedKind.LISTING and not feed.listing
    ]

    assert bare == []
