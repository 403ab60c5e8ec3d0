"""WSL, containers and virtual machines, told by the texts they leave."""

from __future__ import annotations

import pytest

from doctor.probes import _virtual

WSL2 = "Linux version 5.15.167.4-microsoft-standard-WSL2 (root@f9c826d3017f) (gcc (GCC) 11.2.0) #1 SMP"


@pytest.mark.parametrize(
    ("osrelease", "version", "traces", "expected"),
    [
        ("5.15.167.4-microsoft-standard-WSL2", WSL2, True, 2),
        ("4.19.43-microsoft-standard", "Linux version 4.19.43-microsoft-standard", False, 2),
        ("4.4.0-19041-Microsoft", "Linux version 4.4.0-19041-Microsoft (Microsoft@Microsoft.com)", True, 1),
        ("6.6.30-WSL2-custom", "Linux version 6.6.30-WSL2-custom", True, 2),
        ("6.9.0-mine", "Linux version 6.9.0-mine", True, 2),
        ("5.15.0-1034-azure", "Linux version 5.15.0-1034-azure (buildd@lcy02)", False, 0),
        ("6.8.0-45-generic", "Linux version 6.8.0-45-generic (buildd@lcy02-amd64-115)", False, 0),
        ("", "", False, 0),
    ],
)
def test_wsl(osrelease: str, version: str, traces: bool, expected: int) -> None:
    assert _virtual.wsl(osrelease, version, traces) == expected


OVERLAY = (
    "1023 900 0:123 / / rw,relatime - overlay overlay rw,lowerdir=/var/lib/docker/overlay2/l/AB:/var/lib/docker/"
    "overlay2/l/CD,upperdir=/var/lib/docker/overlay2/e0/diff\n1024 1023 0:5 / /proc rw - proc proc rw\n"
)
ROOTLESS = "7 1 0:50 / / rw - overlay overlay rw,lowerdir=/home/x/.local/share/containers/storage/overlay/l/AB\n"
CONTAINERD = (
    "7 1 0:50 / / rw - overlay overlay rw,lowerdir=/var/lib/containerd/io.containerd.snapshotter.v1.overlayfs\n"
)
DISK = "24 1 8:2 / / rw,relatime shared:1 - ext4 /dev/sda2 rw\n25 24 0:22 / /var/lib/docker rw - overlay overlay rw\n"


@pytest.mark.parametrize(
    ("marks", "env", "traces", "expected"),
    [
        (["/.dockerenv"], {}, "0::/\n", "docker"),
        (["/.dockerenv"], {"KUBERNETES_SERVICE_HOST": "10.0.0.1"}, "0::/\n", "kubernetes"),
        ([], {}, "11:memory:/kubepods/burstable/pod1/abc\n", "kubernetes"),
        (["/run/.containerenv"], {}, "", "podman"),
        (["/.singularity.d"], {}, "", "singularity"),
        ([], {"APPTAINER_CONTAINER": "/x.sif"}, "", "singularity"),
        ([], {}, "lxc", "lxc"),
        ([], {}, "4:memory:/lxc/web1\n", "lxc"),
        ([], {}, "0::/lxc.payload.web/.lxc\n", "lxc"),
        ([], {}, "systemd-nspawn", "systemd-nspawn"),
        ([], {"container": "podman"}, "", "podman"),
        ([], {"container": "oci"}, "", ""),
        ([], {}, _virtual.root_mount(OVERLAY), "docker"),
        ([], {}, _virtual.root_mount(ROOTLESS), "podman"),
        ([], {}, _virtual.root_mount(CONTAINERD), "oci"),
        ([], {}, f"0::/system.slice/docker-{'1f' * 32}.scope\n", "docker"),
        ([], {}, f"4:memory:/docker/{'1f' * 32}\n", "docker"),
        ([], {}, "0::/user.slice/user-1000.slice/user@1000.service/app.slice/app-docker-desktop.scope\n", ""),
        ([], {}, "0::/user.slice/user-1000.slice/user@1000.service/app.slice/podman-lxc.scope\n", ""),
        ([], {}, "docker", "docker"),
        ([], {}, "wsl", ""),
        ([], {}, "0::/user.slice/user-1000.slice/session-2.scope\n0::/init.scope\n", ""),
        ([], {}, _virtual.root_mount(DISK), ""),
        ([], {}, "", ""),
    ],
)
def test_container(marks: list[str], env: dict[str, str], traces: str, expected: str) -> None:
    assert _virtual.container(marks, env, traces) == expected


def test_the_engine_that_the_marker_file_names() -> None:
    marks = ["/run/.containerenv"]
    assert _virtual.container(marks, {}, "", 'engine="podman-4.9.3"\nname="web"\n') == "podman"
    assert _virtual.container(marks, {}, "", 'engine="buildah-1.33"\n') == "buildah"


X86_VM, X86_METAL = ("sse2", "hypervisor"), ("sse2", "avx")


@pytest.mark.parametrize(
    ("dmi", "flags", "expected"),
    [
        ("QEMU Standard PC (Q35 + ICH9, 2009) SeaBIOS", X86_VM, "kvm"),
        ("VMware, Inc. VMware Virtual Platform Phoenix", X86_VM, "vmware"),
        ("innotek GmbH VirtualBox innotek GmbH", X86_VM, "virtualbox"),
        ("Microsoft Corporation Virtual Machine American Megatrends", X86_VM, "hyper-v"),
        ("Microsoft Corporation Surface Laptop 5 Microsoft Corporation", X86_METAL, ""),
        ("Amazon EC2 p4d.24xlarge Amazon EC2", X86_VM, "amazon ec2"),
        ("Amazon EC2 c5.metal Amazon EC2", X86_METAL, ""),
        ("Google Google Compute Engine Google", X86_VM, "google compute engine"),
        ("ASUSTeK COMPUTER INC. ROG STRIX American Megatrends", X86_METAL, ""),
        ("", X86_VM, "unknown"),
        ("", X86_METAL, ""),
        ("QEMU KVM Virtual Machine EFI", ("asimd",), "kvm"),
        ("Amazon EC2 c7g.metal Amazon EC2", ("asimd",), ""),
        ("", (), ""),
    ],
)
def test_virtual_machine(dmi: str, flags: tuple[str, ...], expected: str) -> None:
    assert _virtual.virtual_machine(dmi, flags, 0) == expected


def test_virtual_machine_by_other_signs() -> None:
    assert _virtual.virtual_machine("", X86_VM, 2) == "hyper-v"
    assert _virtual.virtual_machine("", X86_METAL, 1) == ""
    assert _virtual.virtual_machine("", ("asimd",), 0, "linux,dummy-virt") == "kvm"
    assert _virtual.virtual_machine("", X86_VM, 0, "", "xen") == "xen"
