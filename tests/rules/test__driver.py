"""Installing a driver, by distribution."""

import pytest

from doctor.facts import Host
from doctor.model import Risk
from doctor.rules._driver import install_driver


@pytest.mark.parametrize(
    ("host", "words"),
    [
        (Host(distribution_id="ubuntu"), "ubuntu-drivers"),
        (Host(distribution_id="pop", distribution_like=("ubuntu", "debian")), "ubuntu-drivers"),
        (Host(distribution_id="debian", architecture="x86_64"), "linux-headers-amd64"),
        (Host(distribution_id="fedora", distribution_version="43"), "akmod-nvidia"),
        (Host(distribution_id="rocky", distribution_like=("rhel", "centos", "fedora")), "nvidia-driver:latest-dkms"),
        (Host(distribution_id="arch"), "nvidia-utils"),
    ],
)
def test_each_distribution_has_its_way(host, words):
    (remedy,) = install_driver(host)
    assert any(words in command for command in remedy.commands)
    assert remedy.risk is Risk.ADMIN
    assert remedy.commands[-1] == ("sudo", "reboot")


@pytest.mark.parametrize(
    "host", [Host(wsl=2, distribution_id="ubuntu"), Host(container="docker"), Host(os="windows"), None]
)
def test_elsewhere_a_person_has_to_act(host):
    (remedy,) = install_driver(host, "580")
    assert remedy.risk is Risk.MANUAL
    assert "580" in remedy.title
    assert not any("sudo" in command for command in remedy.commands)
