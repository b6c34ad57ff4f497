import re

import pytest

from horarium.kit.ids import PREFIXES, is_id, new_id


@pytest.mark.parametrize("prefix", sorted(PREFIXES))
def test_an_id_is_its_prefix_and_twenty_letters_of_crockford(prefix: str) -> None:
    made = new_id(prefix)
    assert re.fullmatch(prefix + "_[0-9a-hjkmnp-tv-z]{20}", made)
    assert is_id(made, prefix)


def test_ids_do_not_repeat_and_use_the_whole_alphabet() -> None:
    made = {new_id("bk") for _ in range(2000)}
    assert len(made) == 2000
    assert len(set("".join(made).replace("bk_", ""))) == 32


def test_an_undocumented_prefix_is_refused() -> None:
    with pytest.raises(ValueError, match="prefix"):
        new_id("xyz")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bk",
        "bk_",
        "ord_0123456789abcdefghjk",
        "bk_0123456789abcdefghj",
        "bk_0123456789abcdefghjkm",
        "bk_0123456789ABCDEFGHJK",
        "bk_0123456789abcdefghil",
        "bk_0123456789abcdefghjk\n",
        "bk0123456789abcdefghjk",
    ],
)
def test_anything_else_is_not_an_id(text: str) -> None:
    assert not is_id(text, "bk")
