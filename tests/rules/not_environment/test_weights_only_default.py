"""weights-only-default."""

from tests.rules.judging import points_to

RULE = "weights-only-default"


def test_texts():
    line = "_pickle.UnpicklingError: Weights only load failed. This file can still be loaded, to do so you have"
    assert points_to(RULE, line)
    line = "WeightsUnpickler error: Unsupported global: GLOBAL numpy.core.multiarray.scalar was not an allowed"
    assert points_to(RULE, line)
    assert not points_to(RULE, "_pickle.UnpicklingError: invalid load key, 'v'.")
