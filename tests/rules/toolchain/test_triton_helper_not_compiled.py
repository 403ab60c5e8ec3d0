"""triton-helper-not-compiled."""

from doctor import explain, rules
from doctor.diagnose import meaning, remedies_of
from doctor.facts import Host
from tests.rules.judging import facts_of, points_to

RULE = "triton-helper-not-compiled"
COMMAND = "CalledProcessError: Command '['/usr/bin/gcc', '/tmp/tmpk2_x9/{}', '-O3', '-lcuda']' returned non-zero"
LIBCUDA = "/usr/bin/ld: cannot find -lcuda"


def test_texts():
    for name in ("main.c", "cuda_utils.c", "hip_utils.c", "__triton_launcher.c", "spirv_utils.cpp"):
        assert points_to(RULE, COMMAND.format(name))
    assert not points_to(RULE, COMMAND.format("kernel.cu"))
    assert not points_to(RULE, "CalledProcessError: Command '['/usr/bin/gcc', 'main.c']' returned non-zero")


def test_it_tells_its_causes_apart_unless_the_compiler_does():
    alone = meaning.explain(explain.causes(COMMAND.format("main.c")), {}, None).causes[0]
    assert {"linker-cannot-find-libcuda", "python-headers-missing"} <= {one.rule for one in alone.candidates}
    told = [cause.rule for cause in explain.causes(f"{LIBCUDA}\n{COMMAND.format('main.c')}")]
    assert told == ["linker-cannot-find-libcuda", RULE]


def test_ldconfig_is_asked_on_linux_only():
    remedies = {name: remedies_of(rules.load(RULE), facts_of(host=Host(os=name))) for name in ("linux", "windows")}
    asked = {name: [c[0] for r in found for c in r.commands] for name, found in remedies.items()}
    assert "ldconfig" in asked["linux"] and asked["windows"] and "ldconfig" not in asked["windows"]
