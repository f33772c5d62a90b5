from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from pollwatch.loading import plain_toml, plain_yaml
from pollwatch.loading.checking import check
from pollwatch.loading.settings import Settings
from pollwatch.loading.sources import DeclaredSource
from pollwatch.loading.values import selector

WORDS = st.sampled_from(
    ["name", "country", "language", "feeds", "url", "kind", "rss", "PL", "pl", "1", "0.5", "true"]
)
VALUES = st.recursive(
    WORDS | st.text(alphabet="ab1:.", max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(WORDS, inner, max_size=3).map(
            lambda pairs: "{" + ", ".join(f"{key}: {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=8,
)


@given(VALUES)
def test_a_source_file_of_any_shape_is_a_source_or_has_mistakes(text):
    document = plain_yaml.read(f"feeds: {text}\nname: x\n".encode(), file="a.yaml")

    declared, mistakes = check(document, DeclaredSource)

    assert (declared is None) == bool(mistakes)


@given(st.text(max_size=40))
def test_any_text_as_settings_is_read_or_has_mistakes(text):
    document = plain_toml.read(text.encode(), file="settings.toml")

    settings, mistakes = check(document, Settings)

    assert (settings is None) == bool(mistakes)


@given(st.text(alphabet="abh13.:#[]()=^*>+~, \"'\\@|-", max_size=15))
def test_any_text_is_aselector_or_refused_with_a_sentence(text):
    with suppress(ValueError):
        selector(text)
