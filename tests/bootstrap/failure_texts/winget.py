"""What Windows' installers and PowerShell's gallery say."""

from __future__ import annotations

TEXTS: dict[str, tuple[str, ...]] = {
    "privilege": (
        "Install-Module : Administrator rights are required to install modules in it",
        "FullyQualifiedErrorId : NeedsCurrentUserScopeParameterForNonAdminUser,a",
        "0x8a150056 : no",
        "The installer cannot be run from an administrator context.",
    ),
    "source": (
        "    + FullyQualifiedErrorId : PackageFailedInstallOrDownload,a",
        "FullyQualifiedErrorId : NoMatchFoundForCriteria,a",
        "Install-Module : No match was found for the specified search criteria",
        "Unable to resolve package source 'https://a.example/v2'.",
        "Install-Package : Unable to download from URI",
        "FullyQualifiedErrorId : RegisterPackageSourceRequired,a",
        "Unable to find repository with SourceLocation ''.",
        "Use Get-PSRepository to see all that there are.",
        "Unable to find repository 'PSGallery'.",
        "FullyQualifiedErrorId : CouldNotInstallNuGetProvider,a",
        "No match was found for the specified search criteria for the provider 'NuGet'.",
        "Unable to download the list of available providers. Check it.",
        "NuGet provider is required to interact with it",
    ),
    "exists": (
        "FullyQualifiedErrorId : CommandAlreadyAvailable,a",
        "The following commands are already available on this system:'a'.",
        "Installer failed with exit code: 0x8a15010d",
        "Exit code: 1638",
        "Error 0x80070666: no",
    ),
    "file-in-use": (
        "Installer failed with exit code: 0x8a150101",
        "Error 0x80073D02: no",
    ),
    "broken-program": ("Cannot find file at '..\\lib\\a.exe'. This usually indicates a missing or moved file.",),
    "restart": ("Installer failed with exit code: 0x8a15010a", "Exit code was '3010'."),
    "terms": ("One or more of the source agreements were not agreed to.",),
    "installer": (
        "setup ended with 1603 (0x00000643)",
        "Installer failed with exit code: 2008",
        "安装程序失败，退出代码为: 1",
        "Setup failed: 0x80070643",
        "ERROR: Running it was not successful. Exit code was '9'.",
        "Can't shim 'a.exe': File doesn't exist.",
        "ERROR It looks like a previous installation of a failed.",
        "Failed to extract files from D:\\a\\_tmp.\nLog file:\n  ~\\a.log",
        "Exit code was '1603'.",
        "Add-AppxPackage : Deployment failed with HRESULT: 0x1",
        "Failed to extract files from D:\\scoop\\apps\\a\\1.0\\setup.exe.",
    ),
    "winget-source": (
        "0x8a15000f : no",
        "Failed when searching source: winget",
        "无法打开预定义源；请向 WinGet 维护人员报告。",
        "搜索源时失败: winget",
    ),
    "not-there": (
        "No package found matching input criteria.",
        "找不到与输入条件匹配的程序包。",
        "Es wurde kein Paket gefunden, das den Eingabekriterien entspricht.",
        "No applicable installer found; see logs",
        "a was not found with the source(s) listed.",
        "Couldn't find manifest for 'a'.",
    ),
    "bad-name": ("Multiple packages found matching input criteria.",),
    "unreachable": ("0x8a150107 : no", "[ERROR] Unable to access runtimes index at it: no"),
    "blocked": ("OSError: [Errno 22] nein: 'D:\\\\pip-unpack-ab\\\\a.whl'",),
    "damaged-environment": (
        "Import-Module : The module to process 'a.psm1', listed in field 'RootModule' of module manifest\n"
        "'C:\\b\\a.psd1' was not processed because no\nvalid module was found in any module directory.",
    ),
}
