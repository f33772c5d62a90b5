"""Nothing is lost between two texts, whatever they are."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.differences import Deed, differences

texts = st.text(alphabet="ab選 \n.é", max_size=60)


@given(texts, texts)
def test_what_stayed_and_what_went_is_the_old_text(old, new):
    assert _joined(differences(old, new), but=Deed.CAME) == old


@given(texts, texts)
def test_what_stayed_and_what_came_is_the_new_text(old, new):
    assert _joined(differences(old, new), but=Deed.WENT) == new


def _joined(stretches, *, but):
    return "".join(stretch.text for stretch in stretches if stretch.deed is not but)
