"""cuda-mps-fault."""

from doctor import rules
from doctor.diagnose import remedies_of
from tests.rules.hosts import UBUNTU
from tests.rules.judging import facts_of, points_to

RULE = "cuda-mps-fault"


def test_every_code_of_the_service():
    assert points_to(RULE, "Error 805: MPS client failed to connect to the MPS control daemon or the MPS server")
    assert points_to(RULE, "the hardware resources required to support device connections have been exhausted")
    assert points_to(RULE, "cudaErrorMpsClientTerminated")


def test_the_mps_of_apple_is_another():
    assert not points_to(RULE, "RuntimeError: MPS backend out of memory")
    assert not points_to(
        RULE, "Cannot convert a MPS Tensor to float64 dtype as the MPS framework doesn't support float64"
    )


def test_a_run_without_the_service():
    run, _ = remedies_of(rules.load(RULE), facts_of(host=UBUNTU))
    assert run.commands[0][:3] == ("env", "-u", "CUDA_MPS_PIPE_DIRECTORY")
