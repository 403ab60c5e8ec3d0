"""Hosts that remedies are asked for."""

from __future__ import annotations

from doctor.facts import Host, Python

_HERE = {"os": "linux", "container": "", "wsl": 0, "architecture": "x86_64", "libc": "glibc", "libc_version": "2.39"}
UBUNTU = Host(distribution_id="ubuntu", distribution_version="24.04", kernel="6.8.0-64-generic", **_HERE)
DEBIAN = Host(distribution_id="debian", distribution_version="12", kernel="6.1.0-18-amd64", **_HERE)
WSL = Host(os="linux", distribution_id="ubuntu", container="", wsl=2)
DOCKER = Host(os="linux", distribution_id="debian", container="docker", wsl=0)
WINDOWS = Host(os="windows", architecture="x86_64")
MAC = Host(os="macos", architecture="arm64")
PYTHON = Python(executable="/env/bin/python", version="3.11.4", prefix="/env", pip_version="25.3", machine="x86_64")
