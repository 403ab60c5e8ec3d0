"""library-not-mapped."""

from doctor import rules
from doctor.diagnose import remedies_of
from doctor.facts import ErrorText, Failure, Folder, Host, Runtime, Storage
from tests.rules.judging import facts_of, finding, is_open, points_to

RULE = "library-not-mapped"
FAILED = Runtime(failure=Failure("ImportError: libtorch_cpu.so: failed to map segment from shared object"))
NOEXEC = Storage(folders=(Folder("environment", "/scratch/env", noexec=True),))


def test_the_mount_or_the_limit_is_named():
    mounted = finding(RULE, storage=NOEXEC, runtime=FAILED)
    assert mounted and "/scratch/env" in mounted.message and len(mounted.remedies) == 1
    limited = finding(RULE, storage=Storage(address_space_bytes=1 << 31), runtime=FAILED)
    assert limited and "2048 MB" in limited.message and "ulimit" in limited.remedies[0].title
    neither = finding(RULE, storage=Storage(), runtime=FAILED)
    assert neither and "cannot be brought into memory" in neither.message


def test_what_works_is_no_matter():
    assert is_open(RULE, storage=NOEXEC, runtime=Runtime(imported=True))
    assert is_open(RULE, storage=NOEXEC, runtime=Runtime(failure=Failure("ImportError: x")))


def test_a_text_alone_shows_how_to_tell():
    look, move, lift = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux")))
    assert "noexec" in move.title and "ulimit" in lift.title
    assert look.commands == (("findmnt", "-o", "TARGET,OPTIONS"),)


def test_texts():
    assert points_to(RULE, "OSError: /env/torch/lib/libc10.so: failed to map segment from shared object")
    assert not points_to(RULE, "OSError: libc10.so: cannot open shared object file: No such file or directory")


def test_pages_of_another_size_are_no_matter_of_mounts():
    text = "OSError: libtorch_global_deps.so: ELF load command alignment not page-aligned"
    (only,) = remedies_of(rules.load(RULE), facts_of(host=Host(os="linux"), error=ErrorText(text=text)))
    assert "64 KiB" in only.title and not only.commands
