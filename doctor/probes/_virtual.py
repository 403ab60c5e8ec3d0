"""What the machine runs inside of: WSL, a container, a virtual machine. Functions of text, each with its source."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# makers and products in DMI tables, lower case -> hypervisor; first match counts (systemd-detect-virt's list, widened)
_DMI = (
    ("vmware", "vmware"),
    ("virtualbox", "virtualbox"),
    ("innotek", "virtualbox"),
    ("parallels", "parallels"),
    ("apple virtualization", "apple"),
    ("virtualmac", "apple"),
    ("xen", "xen"),
    ("microsoft corporation virtual machine", "hyper-v"),
    ("bhyve", "bhyve"),
    ("bochs", "kvm"),
    ("qemu", "kvm"),
    ("kvm", "kvm"),
    ("amazon ec2", "amazon ec2"),
    ("google compute engine", "google compute engine"),
    ("openstack", "kvm"),
    ("alibaba cloud", "kvm"),
    ("tencent cloud", "kvm"),
    ("huaweicloud", "kvm"),
    ("nutanix", "kvm"),
    ("rhev", "kvm"),
    ("digitalocean", "kvm"),
    ("hetzner vserver", "kvm"),
    ("oraclecloud", "kvm"),
)
# what container engines leave in `/proc/*/cgroup`, in the root file system's mount line, and as a line of its own in
# `/run/systemd/container` and `container=`; a user's session or a program that is only named so must not match
_TRACES = (
    (r"kubepods", "kubernetes"),
    (r"/libpod[-_/]|^podman$|containers/storage/", "podman"),
    (r"^(?:singularity|apptainer)", "singularity"),
    (r"/lxc[/.]|lxc\.payload|^lxc(?:-libvirt)?$", "lxc"),
    (r"^systemd-nspawn$|/machine\.slice/.*nspawn", "systemd-nspawn"),
    (r"/docker/|/docker-[0-9a-f]{12,}|^docker$|/buildkit/|/moby/", "docker"),
    (r"io\.containerd\.|cri-containerd|/crio-|/ecs/[0-9a-f]|/garden/", "oci"),
)


def wsl(osrelease: str, version: str, traces: bool) -> int:
    """0, 1 or 2, from `/proc/sys/kernel/osrelease` and `/proc/version`.

    WSL 1 says "4.4.0-19041-Microsoft"; WSL 2 "5.15.90.1-microsoft-standard-WSL2". A kernel of the user's own may say
    neither: `traces` tells that WSL's files are there.
    """
    text = f"{osrelease} {version}".lower()
    if "microsoft-standard" in text or "wsl2" in text:
        return 2
    if "microsoft" in osrelease.lower() or re.search(r"\d-microsoft\b", text):
        return 1
    return 2 if traces else 0


def container(marks: Collection[str], env: Mapping[str, str], traces: str, containerenv: str = "") -> str:
    """The kind of container, "" for none.

    `marks` are the marker files that are there, `traces` the texts of `/run/systemd/container`, `/proc/1/cgroup` and
    the mount line of `/`, `containerenv` the text of podman's marker file.
    """
    if "KUBERNETES_SERVICE_HOST" in env or "kubepods" in traces:
        return "kubernetes"
    if any(f"{name}_{part}" in env for name in ("SINGULARITY", "APPTAINER") for part in ("CONTAINER", "NAME")):
        return "singularity"
    if "/.singularity.d" in marks:
        return "singularity"
    if "/run/.containerenv" in marks:
        engine = re.search(r'engine="?([a-z]+)', containerenv)
        return engine[1] if engine else "podman"
    if "/.dockerenv" in marks:
        return "docker"
    if "/.flatpak-info" in marks:
        return "flatpak"
    said = f"{traces}\n{env.get('container', '')}"
    return next((name for pattern, name in _TRACES if re.search(pattern, said, re.MULTILINE)), "")


def root_mount(mountinfo: str) -> str:
    """The line of `/` in `/proc/self/mountinfo`: an overlay of an engine's own tells the engine."""
    lines = [line for line in mountinfo.splitlines() if line.split()[4:5] == ["/"]]
    return next((line for line in lines if " - overlay " in line or " - fuse" in line), "")


def virtual_machine(dmi: str, flags: Collection[str], wsl_version: int, device_tree: str = "", xen: str = "") -> str:
    """The hypervisor, "" for none, "unknown" when there is one that does not say its name.

    `flags` are the processor's: x86 sets "hypervisor" in every virtual machine, so that a cloud's bare metal, which
    carries the cloud's name in DMI too, is told from its virtual machines. ARM sets none.
    """
    if wsl_version:
        return "hyper-v" if wsl_version == 2 else ""
    if xen == "xen":
        return "xen"
    tree = next(
        (name for text, name in (("kvm", "kvm"), ("xen", "xen"), ("dummy-virt", "kvm")) if text in device_tree), ""
    )
    if tree:
        return tree
    named = dmi_hypervisor(dmi)
    if "sse2" not in flags:
        return "" if ".metal" in dmi.lower() else named
    return (named or "unknown") if "hypervisor" in flags else ""


def dmi_hypervisor(dmi: str) -> str:
    """The hypervisor that a maker's and a product's name tell."""
    text = " ".join(dmi.lower().split())
    return next((name for mark, name in _DMI if mark in text), "")
