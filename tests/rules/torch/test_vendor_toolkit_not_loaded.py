"""vendor-toolkit-not-loaded."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Host
from tests.rules.judging import facts_of, points_to

RULE = "vendor-toolkit-not-loaded"
MISSING = "ImportError: {}: cannot open shared object file: No such file or directory"


def advice(text: str) -> str:
    return remedies_of(rules.load(RULE), facts_of(error=ErrorText(text=text)))[0].title


def test_whose_script_it_is():
    assert "CANN" in advice(MISSING.format("libascendcl.so"))
    assert "CANN" in advice("ModuleNotFoundError: No module named 'tbe'")
    assert "DTK" in advice(MISSING.format("libgalaxyhip.so.5"))
    assert "vendor" in advice(MISSING.format("libmusart.so.4"))


def test_the_kernels_are_a_package_of_their_own():
    assert "kernels" in advice("EZ9999: Op Add does not has any binary.")


def test_another_system_has_no_such_script():
    only, *others = remedies_of(rules.load(RULE), facts_of(host=Host(os="windows")))
    assert "install the release" in only.title and not others


def test_texts():
    assert points_to(RULE, MISSING.format("libopapi.so"))
    assert points_to(RULE, "ModuleNotFoundError: No module named 'acl'")
    assert not points_to(RULE, MISSING.format("libamdhip64.so.6"))
    assert not points_to(RULE, "ModuleNotFoundError: No module named 'acl.models'")


def test_a_plug_in_that_asks_an_older_toolkit_for_what_it_lacks():
    line = "ImportError: /opt/torch_npu/lib/libtorch_npu.so: undefined symbol: {}"
    assert points_to(RULE, line.format("_ZN3atb7Context18SetExecuteStreamEPv"))
    assert points_to(RULE, line.format("aclrtGetResInCurrentThread"))
    assert not points_to(RULE, line.format("_ZN2at4_ops5zeros4callEv"))
