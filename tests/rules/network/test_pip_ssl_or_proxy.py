"""pip-ssl-or-proxy."""

from doctor.facts import Package, Packages, Python, Variables
from doctor.model import Severity
from tests.rules.judging import commands, finding, is_open, points_to

RULE = "pip-ssl-or-proxy"
SOCKS = Variables({"ALL_PROXY": "socks5://127.0.0.1:1080"})


def test_a_socks_proxy_needs_pysocks():
    found = finding(RULE, variables=SOCKS, packages=Packages())
    assert found.severity is Severity.WARNING
    assert found.evidence[0].fact == "variables.values.ALL_PROXY"
    assert "PySocks" in found.remedies[0].title
    assert commands(found) == [("torch-doctor", "mirrors")]


def test_open_with_pysocks_without_pip_and_where_the_packages_are_not_known():
    assert is_open(RULE, variables=SOCKS, packages=Packages((Package("pysocks", "1.7.1"),)))
    assert is_open(RULE, variables=SOCKS, packages=Packages(complete=False))
    assert is_open(RULE, variables=SOCKS, packages=Packages(), python=Python(pip_version=""))


def test_open_with_a_usual_proxy_also_without_its_scheme_and_without_one():
    assert is_open(RULE, variables=Variables({"https_proxy": "http://proxy.example.com:3128"}), packages=Packages())
    assert is_open(RULE, variables=Variables({"HTTPS_PROXY": "proxy.example.com:3128"}), packages=Packages())
    assert is_open(RULE, variables=Variables(), packages=Packages())


def test_texts():
    line = "pip is configured with locations that require TLS/SSL, however the ssl module in Python is not available."
    assert points_to(RULE, line)
    line = "(Caused by SSLError(SSLCertVerificationError('certificate name does not match input')))"
    assert points_to(RULE, line)
    line = "ERROR: Could not install packages due to an OSError: Missing dependencies for SOCKS support."
    assert points_to(RULE, line)
    assert not points_to(RULE, "urllib.error.URLError: <urlopen error [SSL: CERTIFICATE_VERIFY_FAILED]>")


def test_a_program_s_own_download_is_another_rule():
    end = "Max retries exceeded with url: /x (Caused by SSLError(SSLCertVerificationError(1, 'unknown')))"
    assert points_to(
        RULE, f"Could not install packages due to an OSError: HTTPSConnectionPool(host='a', port=443): {end}"
    )
    assert not points_to(RULE, f"requests.exceptions.SSLError: HTTPSConnectionPool(host='a.example', port=443): {end}")
