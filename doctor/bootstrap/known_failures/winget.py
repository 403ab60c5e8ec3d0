"""What Windows' installers and PowerShell's gallery say."""

from __future__ import annotations

from dataclasses import replace

from doctor.bootstrap.known_failures.reason import Reason, Row

_EXIT = r"exit(?:ed(?: with)?| code was| code:?) '?"
_SCOOP = Reason(
    "installer",
    "scoop's last installation of a program is incomplete",
    "scoop update; scoop uninstall NAME, and run this again",
)

# fmt: off
ROWS: tuple[Row, ...] = (
    (
        Reason(
            "privilege",
            "only an administrator may change the modules of all users",
            "add -Scope CurrentUser to the command; or start PowerShell as administrator",
        ),
        (r"administrator rights are required to (?:install|update)", r"scopeparameterfornonadminuser"),
    ),
    (
        Reason(
            "source",
            "the PowerShell Gallery is not registered here",
            "Register-PSRepository -Default, and run this again",
        ),
        (
            r"registerpackagesourcerequired", r"repository with sourcelocation ''",
            r"unable to find (?:package source|repository) 'psgallery'",
        ),
    ),
    (
        Reason(
            "source",
            "PowerShell could not download NuGet, which the PowerShell Gallery needs",
            "let this PowerShell use TLS 1.2, and run this again; behind a proxy set HTTPS_PROXY",
        ),
        (
            r"couldnotinstallnugetprovider", r"search criteria for the provider 'nuget'",
            r"unable to download the list of available providers", r"nuget provider is required to interact",
        ),
    ),
    (
        Reason(
            "source",
            "the PowerShell Gallery did not give a module",
            "run this again; behind a proxy set HTTPS_PROXY; where that address is blocked, take the module elsewhere",
        ),
        (r"packagefailedinstallordownload",),
    ),
    (
        Reason(
            "damaged-environment",
            "a PowerShell module is incomplete: a file of it is missing",
            "Install-Module NAME -Force -Scope CurrentUser, and run this again",
        ),
        (r"listed in field '\S{1,80}' of module manifest .{0,900}was not processed",),
    ),
    (
        Reason(
            "signature",
            "the signature of a PowerShell module does not fit its files",
            "try again later; if it stays, install another version of it (-RequiredVersion)",
        ),
        (r"invalidcatalogsignature", r"catalog signature in \S{1,80} does not match"),
    ),
    (
        Reason(
            "script",
            "a script asks a question, and this PowerShell may not ask",
            "run it in a window of its own, without -NonInteractive; or give the answers as options",
        ),
        (r"is in noninteractive mode",),
    ),
    (
        Reason(
            "exists",
            "another PowerShell module has commands with the same names",
            "add -AllowClobber to the command",
        ),
        (r"commandalreadyavailable", r"following commands are already available on this system"),
    ),
    (
        Reason(
            "file-in-use",
            "the program that is to be installed is running",
            "close it, and run this again",
        ),
        (r"0x8a1501(?:01|03|11)\b", r"0x80073d02"),
    ),
    (
        Reason("restart", "Windows has to be restarted first", "restart it, and run this again"),
        (r"0x8a15010[9ab]\b", rf"{_EXIT}(?:3010|1641)\b"),
    ),
    (
        Reason(
            "exists",
            "the program is installed already, in this version or a newer one",
            "use it; or uninstall it first",
        ),
        (r"0x8a15(?:010[de]|0114|0061)\b", rf"{_EXIT}1638\b", r"0x80070666"),
    ),
    (
        Reason(
            "privilege",
            "this installer must not be run as administrator",
            "run this again in a window that was not started as administrator",
        ),
        (r"0x8a150056\b", r"cannot be run from an administrator context"),
    ),
    (
        Reason(
            "terms",
            "the terms of winget's sources or of the package have to be accepted first",
            "read them, and add --accept-source-agreements --accept-package-agreements",
        ),
        (r"agreements? were not agreed to",),
    ),
    (
        Reason(
            "broken-program",
            "a Chocolatey shim points to a program that is gone or was moved",
            "install it again: choco install NAME --force",
        ),
        (r"usually indicates a missing or moved file",),
    ),
    (
        _SCOOP,
        (r"can't shim '", r"looks like a previous installation of .{1,60} failed"),
    ),
    (  # why stands before it, or in that file
        replace(_SCOOP, is_general=True),
        (r"failed to extract files from (?:.{1,300} log file:|\S{0,200}\\apps\\)",),
    ),
    (
        Reason("installer", "a program's own installer failed", "start that installer by hand: it says why", True),
        (
            r"installer failed with exit code", r"0x80070643\b", r"\b1603 \(0x0{0,5}643\)", rf"{_EXIT}160[03]\b",
            r"was not successful\. exit code was '",
            r"deployment failed with hresult",
        ),
    ),
    (
        Reason(
            "winget-source",
            "winget's list of packages is missing or damaged",
            "winget source reset --force, and run this again",
            is_general=True,
        ),
        (r"0x8a15000f", r"failed (?:when (?:opening|searching)|to open the predefined) source"),
    ),
    (
        Reason(
            "not-there",
            "that installer knows no such package for this system",
            "look for its name with winget search; or take it from its own website",
            is_general=True,
        ),
        (
            r"no package found matching input",
            r"no applicable installer", r"not found with the source\(s\) listed", r"couldn't find manifest for",
        ),
    ),
    (
        Reason("bad-name", "several packages match that name", "name one by its id, with --id", True),
        (r"multiple packages found matching",),
    ),
    (
        Reason(
            "source",
            "the PowerShell Gallery did not answer, or does not have that",
            "let this PowerShell use TLS 1.2, and run this again; check the name",
            is_general=True,
        ),
        (
            r"nomatchfoundfor", r"no match was found for the specified search", r"get-psrepository to see all",
            r"unable to resolve package source", r"unable to download from uri",
        ),
    ),
)
# fmt: on
