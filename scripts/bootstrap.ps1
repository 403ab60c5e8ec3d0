# From a fresh machine to a proven PyTorch on Windows 10 and 11, in PowerShell 5.1 and 7, without an administrator. This only
# brings a Python and starts doctor/bootstrap with the words as they are, as bootstrap.sh does; nothing stays in the session.
#   powershell -ExecutionPolicy Bypass -File scripts\bootstrap.ps1 -Yes      & ([scriptblock]::Create((irm URL))) -Yes
& {
    Set-StrictMode -Version 3
    $ErrorActionPreference, $ProgressPreference = 'Stop', 'SilentlyContinue' # the bar makes 5.1's downloads many times slower
    $UvVersion = '0.12.5' # of 2026-08-20, with the SHA-256 of its files from astral-sh/setup-uv's list
    $Uv = @{ AMD64 = 'uv-x86_64-pc-windows-msvc.zip 4c4d49d8738847d9b71ba319e49a5688c93eac0fe6204b1df24e98528dddf39a'
        ARM64 = 'uv-aarch64-pc-windows-msvc.zip 724279317fee6e5fa8ad1908e4eba2bbe764ef1ece5b3f4597927b62b1fe562a' }
    $Modes = 'CheckOnly', 'DryRun', 'Print', 'Uninstall', 'Help'
    $Values = 'EnvFolder', 'Conda', 'Mirror', 'From', 'Offline', 'Source', 'Accelerator'
    $Exclude = 'Conda EnvFolder', 'Conda From', 'Conda Offline', 'From Offline', 'From Accelerator'
    $Mirrors, $Accelerators = 'auto official tuna bfsu ustc sjtu nju sustech pku aliyun tencent huawei', 'auto cuda rocm xpu mps cpu'
    $OwnFile, $OtherFolder = $MyInvocation.MyCommand.ScriptBlock.File, 'name another folder with the variable TORCH_DOCTOR_HOME'
    $Ways = 'install Python 3.11 or newer from python.org, and run this again; or
        set HTTPS_PROXY if a proxy is needed, or TORCH_DOCTOR_RELEASES to a mirror of https://github.com'
    $Probe = 'import sys, ssl, venv, zlib, ctypes; sys.version_info[:2] >= (3, 11) and print(sys.executable, sys.base_prefix, sep=chr(10))'
    $Starter = @'
import glob, hashlib, os, re, runpy, sys, tempfile, urllib.request
def start(source):
    wheels = glob.glob(os.path.join(glob.escape(source), 'torch_doctor-*.whl'))
    wheels.sort(key=lambda wheel: [int(part) for part in re.findall('[0-9]+', os.path.basename(wheel))], reverse=True)
    sys.path[:0] = [source, *wheels]
    try:
        import doctor.bootstrap
    except ImportError as error:
        sys.exit('bootstrap: torch-doctor itself is missing: ' + source + ': ' + str(error) + '\n  next: give another --source')
    runpy.run_module('doctor.bootstrap', run_name='__main__', alter_sys=True)
url, _, wanted = sys.argv.pop(1).partition('#sha256=')
if not wanted: start(os.path.abspath(url))
try: content = urllib.request.urlopen(url, timeout=30).read()
except Exception as error: sys.exit('bootstrap: ' + url + ' could not be fetched: ' + str(error) + '\n  next: set HTTPS_PROXY if a proxy is needed, and run this again')
if hashlib.sha256(content).hexdigest() != wanted.lower():
    sys.exit('bootstrap: ' + url + ' has the wrong checksum\n  next: it was not run; ask where you have the address from')
with tempfile.TemporaryDirectory() as folder:
    file = os.path.join(folder, url.partition('?')[0].rpartition('/')[2])
    with open(file, 'wb') as out: out.write(content)
    start(file)
'@ -replace "`r" # the same text in both scripts
    function Say([string]$Text) { [Console]::Error.WriteLine($Text) }
    function Fail([string]$What, [string]$Next = '', [int]$Code = 1) { throw @{ What = $What; Next = $Next; Code = $Code } }
    function Wrong([string]$What) { Fail "$What; -Help lists the options" '' 2 }
    # What cannot be followed ends with 2 before anything is done. As in the body, both scripts' spellings are known.
    function Read-Words([string[]]$Words) {
        $given, $i = @{ }, 0
        while ($i -lt $Words.Count) {
            $word, $value = $Words[$i++] -split '=', 2
            $name = $Modes + $Values + 'Yes', 'AllowLargerBuild' |
                Where-Object { $word -eq "-$_" -or $word -ceq ('-' + ($_ -creplace 'Folder' -creplace '[A-Z]', '-$0').ToLower()) -or $word -eq "-${_}:" }
            if ($word -cmatch '^-[h?]$') { $name = 'Help' } elseif (-not $name) { Wrong $(if ($word.StartsWith('-')) { "unknown option $($Words[$i - 1])" } else { "'$($Words[$i - 1])' is not an option" }) }
            if ($given[$name]) { Wrong "-$name is there twice" }
            $given[$name] = 'yes'; if ($name -notin $Values) { if ($null -ne $value -or $word -like '*:') { Wrong "unknown option $($Words[$i - 1])" }; continue }
            $given[$name] = $value = if ($null -ne $value) { $value } elseif ($i -lt $Words.Count) { $Words[$i++] } else { '' }
            if (-not $value.Trim() -or $value.StartsWith('-')) { Wrong "-$name needs a value" }
            if ($value -match '[\x00-\x1f]') { Wrong "the value of -$name holds a control character" }
        }
        $one, $other, $rest = $Modes | Where-Object { $given[$_] }; if ($other) { Wrong "-$one excludes -$other" }
        foreach ($pair in $Exclude) { $one, $other = -split $pair; if ($given[$one] -and $given[$other]) { Wrong "-$one excludes -$other" } }
        $mirror, $source, $kind = $given['Mirror'], $given['Source'], $given['Accelerator']
        if ("$mirror" -cnotmatch '^(https?://|$)' -and (-split $Mirrors) -cnotcontains $mirror) { Wrong "no mirror is called $mirror (there are $Mirrors)" }
        if ($kind -and (-split $Accelerators) -cnotcontains $kind) { Wrong "-Accelerator is one of $Accelerators, not $kind" }
        if ($source -cmatch '^https?://(?!.*#sha256=)') { Wrong '-Source URL needs the file''s checksum at its end, #sha256=..., as Get-FileHash shows it for a file that you trust' }
        $paths = @($source, $given['From'], $given['Offline']) -cnotmatch '^(https?://|$)'
        foreach ($path in $paths | Where-Object { -not (Test-Path -LiteralPath $_ -ErrorAction Ignore) }) { Wrong "there is no $path" }
        $given
    }
    # A program that talks to the user, with its exit code; or one that is asked something for thirty seconds, with what it prints.
    # Words are quoted as Windows' programs read them, and .NET elsewhere: the operator & does it differently in 5.1 and 7.
    function Invoke-Program([string]$Program, [string[]]$Words, [bool]$Asked = $false) {
        $start = New-Object Diagnostics.ProcessStartInfo $Program
        $start.Arguments = ($Words | ForEach-Object { '"' + ($_ -replace '(\\*)"', '$1$1\"' -replace '(\\+)$', '$1$1') + '"' }) -join ' '
        $start.UseShellExecute, $start.WorkingDirectory, $start.RedirectStandardInput = $false, $Here, ($Asked -or -not $HasTerminal)
        if ($Asked) { $start.RedirectStandardOutput = $start.RedirectStandardError = $true; $start.StandardOutputEncoding = [Text.Encoding]::UTF8 }
        # not by $start's own variables: 5.1 has none where both http_proxy and HTTP_PROXY are set, as by MSYS. Asking installs nothing.
        $set, $was = ($Variables + @{ PYTHON_MANAGER_AUTOMATIC_INSTALL = $(if ($Asked) { 'false' } else { $env:PYTHON_MANAGER_AUTOMATIC_INSTALL }) }), @{ }
        foreach ($name in $set.Keys) { $was[$name] = [Environment]::GetEnvironmentVariable($name) }
        try { foreach ($name in $set.Keys) { Set-Item -LiteralPath "Env:$name" -Value $set[$name] }; $child = [Diagnostics.Process]::Start($start) } finally { foreach ($name in $set.Keys) { Set-Item -LiteralPath "Env:$name" -Value $was[$name] } }
        if ($start.RedirectStandardInput) { $child.StandardInput.Close() }; if ($Asked) { $said, $errors = $child.StandardOutput.ReadToEndAsync(), $child.StandardError.ReadToEndAsync() }
        $tenths, $patience = $(if ($Asked) { 300, 0 } else { [int]::MaxValue, 60000 })
        try { while ($tenths-- -gt 0 -and -not $child.WaitForExit(100)) { } } # short, so that Ctrl-C is heard; it reaches the program too
        finally { if (-not $child.WaitForExit($patience)) { $child.Kill() } }
        if (-not $Asked) { $child.ExitCode } elseif ($child.WaitForExit(1000) -and $child.ExitCode -eq 0 -and $said.Wait(20000)) { $said.Result.Trim() }
    }
    function Get-Answer([string]$Program, [string[]]$Words) { try { Invoke-Program $Program $Words $true } catch { } } # not even started
    # Windows' own python.exe below WindowsApps opens the Store, and Python from the Store writes elsewhere than it says.
    function Find-Python {
        Get-Candidate | Where-Object { $_ -and $_ -notlike '*\WindowsApps\*' -and (Test-Path -LiteralPath $_ -PathType Leaf -ErrorAction Ignore) } | ForEach-Object {
            $python, $base = (Get-Answer $_ '-I', '-X', 'utf8', '-c', $Probe) -split '\r?\n' # a shim leads elsewhere in another folder
            if ($base -and $base -notlike '*\WindowsApps\*') { $python }
        } | Select-Object -First 1 # and nothing more is asked
    }
    function Get-Candidate {
        $env:PYTHON; Get-Program 'python', 'python3'
        foreach ($launcher in Get-Program 'py') { (Get-Answer $launcher '-0p') -split '\r?\n' -replace '^.*?(?=[A-Za-z]:\\)' }
        foreach ($key in 'HKCU:\Software', 'HKLM:\Software' | Where-Object { Test-Path -Path $_ }) { # where installers note it (PEP 514)
            Get-ItemProperty -Path "$key\Python\*\*\InstallPath" -Name ExecutablePath -ErrorAction Ignore | ForEach-Object { $_.ExecutablePath }
        }
        $bases = @($env:CONDA_EXE) + @(Get-Program 'conda', 'mamba', 'micromamba') -ne $null | Split-Path | Split-Path
        @($bases) + @(Get-Child "$Folder/python") + "$Folder/miniforge" | ForEach-Object { "$_/python.exe", "$_/bin/python3" }
    }
    function Get-Program([string[]]$Names) { Get-Command $Names -All -CommandType Application -ErrorAction Ignore | ForEach-Object { $_.Source } }
    function Get-Child([string]$Path, [string]$Name = '*') {
        if ($Path -and (Test-Path -LiteralPath $Path)) { Get-ChildItem -LiteralPath $Path -Force | Where-Object { $_.Name -like $Name } | ForEach-Object { $_.FullName } }
    }
    # Where torch-doctor itself is: as named, in the folder of -Offline, the checkout of this script or around us, installed
    function Find-Source {
        $wheels = if (Get-Child $Given['Offline'] 'torch_doctor-*.whl') { $Given['Offline'] }
        $named = $Given['Source'], $env:TORCH_DOCTOR_SOURCE, $wheels | Where-Object { $_ } | Select-Object -First 1
        if ($named) { return $(if ($named -cmatch '^https?://') { $named } else { (Resolve-Path -LiteralPath $named).ProviderPath }) }
        foreach ($root in @(@($OwnFile) -ne '' -ne $null | Split-Path | Split-Path)) {
            if (Get-Child $root 'pyproject.toml' | ForEach-Object { Select-String -LiteralPath $_ -Pattern '^name = "torch-doctor"' }) { return $root }
        }
        if ($installed = Get-Child "$Folder/doctor/Lib" 'site-packages') { return $installed }
        Fail 'torch-doctor itself is missing: this is not a checkout of it' 'run it from a checkout, or give -Source FOLDER|WHEEL|URL'
    }
    # Where there is no Python: uv, the one that is there or that of its release, and a Python of its own
    function Get-Python {
        Say "there is no Python 3.11 or newer here: uv $UvVersion, its Python and torch-doctor (120 MB to download) go to $Folder"
        if ($Given['Uninstall']) { Fail 'nothing was removed' "remove the folder $Folder yourself" }
        foreach ($mode in 'DryRun', 'Print', 'Help' | Where-Object { $Given[$_] }) { Say "nothing was done (-$mode)"; Fail '' '' 0 }
        if ($HasTerminal -and -not $Given['Yes']) {
            [Console]::Error.Write('Continue? [Y/n] '); $answer = [Console]::In.ReadLine()
            if ($null -eq $answer -or $answer -notmatch '^\s*(y|yes|)\s*$') { Fail 'nothing was done, as you asked' 'run this again when you like' }
            $Variables['TORCH_DOCTOR_AGREED'] = 'yes'
        }
        # the folder is made ours, with the marker that the body looks for, and held
        if ($Folder -in [IO.Path]::GetPathRoot($Folder), $HOME) { Fail "$Folder is not a folder for torch-doctor alone" $OtherFolder }
        if ((Get-Child $Folder) -and -not (Get-Child $Folder 'torch-doctor.json')) { Fail "$Folder holds files that torch-doctor did not make" $OtherFolder }
        try { $null = [IO.Directory]::CreateDirectory("$Folder/work"); [IO.File]::WriteAllText("$Folder/torch-doctor.json", '{"made_by": "torch-doctor", "layout": 1}') }
        catch { Fail "$Folder cannot be written to" $OtherFolder }
        try { $lock = [IO.File]::Open("$Folder/lock", 'OpenOrCreate', 'ReadWrite', 'None') } catch { Fail "another bootstrap is running in $Folder" 'wait for it' }
        try {
            if (-not (Get-Program 'uv') -and -not (Get-Child "$Folder/uv" 'uv.exe')) { Get-Uv }
            $Variables['TORCH_DOCTOR_UV'] = $uv = @(Get-Program 'uv') + "$Folder/uv/uv.exe" | Select-Object -First 1
            $Variables['UV_PYTHON_INSTALL_DIR'] = "$Folder/python"
            if ($env:TORCH_DOCTOR_RELEASES) { $Variables['UV_PYTHON_INSTALL_MIRROR'] = "$Releases/astral-sh/python-build-standalone/releases/download" }
            if (-not $env:UV_CACHE_DIR -and -not (Get-Child "$env:LOCALAPPDATA\uv\cache")) { $Variables['UV_CACHE_DIR'] = "$Folder/cache/uv" }
            Say 'fetching uv''s own Python 3.13'
            $failed = Invoke-Program $uv 'python', 'install', '--no-bin', '--no-registry', '3.13'
            if (-not $failed -and ($python = Get-Answer $uv 'python', 'find', '--managed-python', '3.13')) { return $python }
            Fail 'uv''s own Python 3.13 cannot be had' $Ways
        } finally {
            $lock.Dispose()
            Remove-Item -LiteralPath "$Folder/work" -Recurse -Force -ErrorAction Ignore
            if (-not (@(Get-Child $Folder) -notmatch '[\\/](torch-doctor\.json|lock)$')) { Remove-Item -LiteralPath $Folder -Recurse -Force -ErrorAction Ignore }
        }
    }
    function Get-Uv {
        $machine = 'HKLM:\SYSTEM\CurrentControlSet\Control\Session Manager\Environment' # the variable is that of this process
        $name = if (Test-Path -Path $machine) { (Get-ItemProperty -LiteralPath $machine).PROCESSOR_ARCHITECTURE } else { 'AMD64' }
        if (-not $Uv[$name]) { Fail "there is no uv for this machine ($name)" $Ways }
        $file, $wanted = -split $Uv[$name]
        $url, $packed = "$Releases/astral-sh/uv/releases/download/$UvVersion/$file", "$Folder/work/$file"
        Say "fetching $url"
        try { Save-Url $url $packed } catch { Fail "there is no Python 3.11 or newer here, and $url could not be fetched: $($_.Exception.Message)" $Ways }
        $got = (Get-FileHash -LiteralPath $packed -Algorithm SHA256).Hash.ToLower()
        if ($got -ne $wanted) { Fail "$file has the wrong checksum: $got instead of $wanted" 'it was not run; try again, or from another network' }
        try { Add-Type -AssemblyName System.IO.Compression.FileSystem; [IO.Compression.ZipFile]::ExtractToDirectory($packed, "$Folder/work/$PID"); [IO.Directory]::Move("$Folder/work/$PID", "$Folder/uv") }
        catch { Fail "uv could not be unpacked: $($_.Exception.GetBaseException().Message)" 'is the disk full? run this again' }
    }
    function Save-Url([Uri]$Url, [string]$Path) {
        $more = if ($PSVersionTable.PSVersion -ge [Version]'7.4') { @{ OperationTimeoutSeconds = 30 } } else { @{ } } # 5.1 has one of its own for stalls
        $named = [Environment]::GetEnvironmentVariable("$($Url.Scheme.ToUpper())_PROXY") # which 5.1 does not look at
        if ($named -and -not ("$env:NO_PROXY" -split '[, ]+' -ne '' | Where-Object { $Url.Host -like "*$_" })) {
            $more['Proxy'] = $proxy = [Uri]($named -replace '^(?!\w+://)', 'http://')
            $user, $secret = $proxy.UserInfo -split ':', 2 | ForEach-Object { [Uri]::UnescapeDataString($_) }
            if ($secret) { $more['ProxyCredential'] = New-Object pscredential $user, (ConvertTo-SecureString $secret -AsPlainText -Force) }
        }
        [Net.ServicePointManager]::SecurityProtocol = $Protocols -bor [Net.SecurityProtocolType]::Tls12
        Invoke-WebRequest -Uri $Url -OutFile $Path -UseBasicParsing -TimeoutSec 30 @more
    }
    $refused = if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') { 'a policy of this machine keeps PowerShell scripts from it; ask who administers it' }
    elseif ($Host.Name -like '*ISE*' -or (Test-Path -Path Variable:PSSenderInfo)) { 'PowerShell ISE and remote sessions have no console; start it in a window of PowerShell' }
    if ($refused) { Write-Error "bootstrap: $refused" -ErrorAction Continue; if ($OwnFile) { exit 1 }; $global:LASTEXITCODE = 1; return }
    $code, $Protocols, $copy = 130, [Net.ServicePointManager]::SecurityProtocol, $null # 130 remains where Ctrl-C ends the run
    try {
        $words, $Variables = @($args | ForEach-Object { "$_" }), @{ TORCH_DOCTOR_SHELL = 'powershell' }
        $Given, $Here = (Read-Words $words), (Get-Location -PSProvider FileSystem).ProviderPath
        $HasTerminal = -not ([Console]::IsInputRedirected -or [Console]::IsErrorRedirected -or [Environment]::GetCommandLineArgs() -match '^[-/]noni')
        $Releases = if ($env:TORCH_DOCTOR_RELEASES) { $env:TORCH_DOCTOR_RELEASES.TrimEnd('/') } else { 'https://github.com' }
        $local = @($env:LOCALAPPDATA, [Environment]::GetFolderPath('LocalApplicationData', 'DoNotVerify')) -ne '' -ne $null
        $Folder = if ($env:TORCH_DOCTOR_HOME) { $env:TORCH_DOCTOR_HOME } elseif ($local) { Join-Path $local[0] 'torch-doctor' }
        if (-not $Folder) { Fail 'it is not known where your own folder is: LOCALAPPDATA is not set' $OtherFolder }
        try { $Folder = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Folder) -replace '(?<=[^:\\/])[\\/]+$' } catch { Fail "there is no $Folder" $OtherFolder }
        $source, $python = (Find-Source), (Find-Python)
        if (-not $python) { $python = Get-Python }
        if ($Given['Uninstall'] -and $python -match '\.exe$' -and $python.StartsWith((Join-Path $Folder 'python'), 'OrdinalIgnoreCase')) {
            $copy = Join-Path ([IO.Path]::GetTempPath()) "torch-doctor-$PID" # Windows removes no program that runs
            Copy-Item -LiteralPath (Split-Path $python) -Destination $copy -Recurse; $python = Join-Path $copy (Split-Path $python -Leaf)
        }
        $code = Invoke-Program $python (@('-I', '-S', '-B', '-X', 'utf8', '-c', $Starter, $source) + $words)
    } catch {
        $stop = if ($_.TargetObject -is [hashtable]) { $_.TargetObject } else { @{ What = "$_"; Next = ''; Code = 1 } }
        if ($stop.What) { Say "bootstrap: $($stop.What)$(if ($stop.Next) { "`n  next: $($stop.Next)" })" }
        $code = $stop.Code
    } finally {
        [Net.ServicePointManager]::SecurityProtocol = $Protocols; if ($copy) { Remove-Item -LiteralPath $copy -Recurse -Force -ErrorAction Ignore }
        if ($OwnFile) { exit $code } else { $global:LASTEXITCODE = $code }
    }
} @args
