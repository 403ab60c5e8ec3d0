"""requirements-of-another-machine: its texts are in tests/explain/examples."""

from tests.rules.judging import points_to

RULE = "requirements-of-another-machine"


def test_only_files_where_packages_are_built():
    missing = "ERROR: Could not install packages due to an OSError: [Errno 2] No such file or directory: "
    assert points_to(RULE, f"{missing}'/croot/brotli_1736182456865/work/dist'")
    assert not points_to(RULE, f"{missing}'/home/me/wheels/torch-2.1.0.whl'")
    assert not points_to(RULE, f"{missing}'/tmp/pip-req-build-1x/setup.py'")
