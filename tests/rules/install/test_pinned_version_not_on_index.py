"""pinned-version-not-on-index."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.explain import causes
from doctor.facts import ErrorText, Host, Python
from tests.rules.judging import facts_of, points_to

RULE = "pinned-version-not-on-index"


def test_texts():
    line = "ERROR: Could not find a version that satisfies the requirement torch==1.13.1 (from versions: 2.0.0, 2.0.1)"
    assert points_to(RULE, line)
    line = "Because there is no version of torch==2.9.9 and you require torch==2.9.9, we can conclude that"
    assert points_to(RULE, line)
    line = "ERROR: Could not find a version that satisfies the requirement torch (from versions: none)"
    assert not points_to(RULE, line)
    line = "ERROR: Could not find a version that satisfies the requirement rich==99 (from versions: 13.0)"
    assert not points_to(RULE, line)


def test_a_build_with_a_tag_is_looked_for_on_its_own_index():
    line = "ERROR: Could not find a version that satisfies the requirement torch==2.1.2+cu118 (from versions: {})"
    pypi, index = line.format("2.0.0, 2.1.2, 2.2.0"), line.format("2.0.0+cu118, 2.2.0+cu118")
    assert causes(pypi)[0].rule == "wrong-index-or-platform"
    elsewhere = remedies_of(rules.load("wrong-index-or-platform"), facts_of(error=ErrorText(pypi)))
    assert "https://download.pytorch.org/whl/cu118" in elsewhere[0].title
    flags = ("--torch", "==2.1.2", "--index-url", "https://download.pytorch.org/whl/cu118")
    assert elsewhere[1].commands == (("torch-doctor", "match", *flags),)
    there = remedies_of(rules.load("wrong-index-or-platform"), facts_of(error=ErrorText(index)))
    assert there[0].commands == (("torch-doctor", "match", *flags),)


def test_where_the_machine_is_known_the_build_is_installed_if_it_runs_there():
    text = ErrorText("No matching distribution found for torch==2.1.2+cu118")
    linux = {"host": Host(os="linux", architecture="x86_64", libc="glibc", libc_version="2.36"), "error": text}
    fits = remedies_of(rules.load(RULE), facts_of(python=Python(version="3.11.4"), **linux))[1]
    assert fits.commands[0][:5] == ("python", "-m", "pip", "install", "torch==2.1.2+cu118")
    assert "https://download.pytorch.org/whl/cu118" in fits.commands[0]
    newer = remedies_of(rules.load(RULE), facts_of(python=Python(version="3.13.1"), **linux))[1]
    assert newer.commands == ()
    assert newer.title.startswith("No PyTorch fits")


def test_the_placeholders_on_pypi_mean_that_no_wheel_fits_here():
    line = "ERROR: Could not find a version that satisfies the requirement torch{} (from versions: 0.1.2{})"
    for pin, more in (("", ", 0.1.2.post1, 0.1.2.post2"), ("==2.0.1", ", 0.1.2.post2"), ("", "")):
        text = line.format(pin, more)
        found = [cause.rule for cause in causes(f"{text}\nERROR: No matching distribution found for torch{pin}")]
        assert found == ["wrong-index-or-platform"]
