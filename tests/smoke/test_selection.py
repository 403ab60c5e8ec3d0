"""Recipes by name and number, and where they lie."""

from __future__ import annotations

import pytest

from doctor.model import DoctorError
from doctor.smoke import all_recipes, recipes_folder, select
from doctor.smoke.selection import cifar10_sources

LADDER = ("01_numpy", "02_tensor", "03_autograd", "10_cifar10")


def test_the_ladder_is_found_in_order():
    found = all_recipes(recipes_folder())
    assert [name[:2] for name in found] == [f"{n:02d}" for n in range(1, 11)]
    assert found[0] == "01_numpy"
    assert found[-1] == "10_cifar10"


@pytest.mark.parametrize(
    ("words", "chosen"),
    [
        ([], LADDER),
        (["3"], ("03_autograd",)),
        (["03"], ("03_autograd",)),
        (["10", "1"], ("01_numpy", "10_cifar10")),
        (["2-3"], ("02_tensor", "03_autograd")),
        (["autograd"], ("03_autograd",)),
        (["03_autograd.py", "3"], ("03_autograd",)),
    ],
)
def test_words_name_recipes(words, chosen):
    assert select(words, LADDER) == chosen


@pytest.mark.parametrize("word", ["4", "0", "3-2", "auto", "-1", "", "03_"])
def test_a_word_that_names_none_is_wrong_usage(word):
    with pytest.raises(DoctorError) as caught:
        select([word], LADDER)
    assert caught.value.exit_code == 2
    assert "02_tensor" in caught.value.hint


def test_the_catalog_knows_the_official_source_and_a_mirror():
    sources = cifar10_sources()
    assert sources[0] == "https://www.cs.toronto.edu/~kriz/cifar-10-python.tar.gz"
    assert len(sources) > 1
    assert all(source.endswith("/cifar-10-python.tar.gz") for source in sources)
