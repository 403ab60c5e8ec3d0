# From a fresh machine to a proven PyTorch. Gets a Python that can run torch-doctor, then hands over to it:
# check, setup, check, quick recipes, lock. Windows 10 and 11, PowerShell 5.1 and 7; needs no administrator.
# scripts/bootstrap.sh is the same for Linux, WSL and macOS, function by function. -Help lists the options.
#   powershell -ExecutionPolicy Bypass -File scripts\bootstrap.ps1 -Yes
#   & ([scriptblock]::Create((irm URL))) -Yes
param(
    [switch]$CheckOnly, [switch]$DryRun, [switch]$Print, [switch]$Uninstall, [switch]$Yes, [switch]$Help,
    [string]$EnvFolder = '', [string]$Conda = '', [string]$Mirror = '', [string]$From = '',
    [string]$Offline = '', [string]$Source = $env:TORCH_DOCTOR_SOURCE
)

# --- data -----------------------------------------------------------------------------------------------------------

$NeedMB = 600 # the doctor's own part, with a Python; the doctor itself judges the space that PyTorch needs
$UvVersion = '0.12.5'
$MiniforgeVersion = '26.3.2-3'
$Releases = 'https://github.com'

$Usage = @'
powershell -ExecutionPolicy Bypass -File scripts\bootstrap.ps1 [OPTIONS]      from a fresh machine to a proven PyTorch

  -CheckOnly        install torch-doctor, examine this machine, and stop
  -DryRun           show what would be created and downloaded, and stop
  -Print            show what was detected, one key=value per line, and stop
  -EnvFolder PATH   the environment for PyTorch (default: env\ in torch-doctor's folder)
  -Conda NAME       a conda environment instead; installs Miniforge if there is no conda
  -Mirror WHERE     auto, official, or a mirror: tuna bfsu ustc sjtu nju aliyun tencent huawei, or the URL of an index
  -From LOCK        install what a lock names
  -Offline DIR      use only the wheels in DIR
  -Source WHERE     torch-doctor itself, if this is not a checkout: a folder, a wheel or a URL
  -Yes              do not ask
  -Uninstall        remove everything that this script created
Folder: $env:TORCH_DOCTOR_HOME, otherwise torch-doctor in $env:LOCALAPPDATA.
Exit code: 0 done, 1 something is in the way (it is shown), 2 wrong usage.
'@

# Mirrors of PyPI by the names `torch-doctor mirrors` uses; their operators' help pages, July to September 2026.
$MirrorIndex = @{
    tuna = 'https://pypi.tuna.tsinghua.edu.cn/simple'
    bfsu = 'https://mirrors.bfsu.edu.cn/pypi/web/simple'
    ustc = 'https://mirrors.ustc.edu.cn/pypi/simple'
    sjtu = 'https://mirror.sjtu.edu.cn/pypi/web/simple'
    nju = 'https://mirror.nju.edu.cn/pypi/web/simple'
    aliyun = 'https://mirrors.aliyun.com/pypi/simple'
    tencent = 'https://mirrors.cloud.tencent.com/pypi/simple'
    huawei = 'https://mirrors.huaweicloud.com/repository/pypi/simple'
}

# SHA-256 of the files of the two releases: astral-sh/setup-uv's list of 2026-08-20, Miniforge's release page.
$KnownChecksum = @{
    'uv-x86_64-pc-windows-msvc.zip' = '4c4d49d8738847d9b71ba319e49a5688c93eac0fe6204b1df24e98528dddf39a'
    'uv-aarch64-pc-windows-msvc.zip' = '724279317fee6e5fa8ad1908e4eba2bbe764ef1ece5b3f4597927b62b1fe562a'
    'Miniforge3-26.3.2-3-Windows-x86_64.exe' = '14a8635465b5190537ddad6286746ffebbc55a1ed2a7bb14a506595fe3191e1e'
}

# --- talk -----------------------------------------------------------------------------------------------------------

function Say([string]$Text) { Write-Host $Text }

# Stop with what is in the way and what to do about it. An exception, since `exit` would close the window under iex.
function Fail([string]$What, [string]$Next = '', [int]$Code = 1) {
    $stop = New-Object System.Exception $What
    $stop.Data['next'] = $Next
    $stop.Data['code'] = $Code
    throw $stop
}

function Test-Terminal { [Environment]::UserInteractive -and -not [Console]::IsInputRedirected }

function Request-Agreement {
    if ($Yes -or -not (Test-Terminal)) { return }
    $answer = Read-Host 'Continue? [Y/n]'
    if ($answer -and $answer -notmatch '^[Yy]') { Fail 'nothing was done, as you asked' }
}

# Say why a step failed, from what its commands said in the log
function Fail-WithLog([string]$What) {
    $lines = @(Get-Content -LiteralPath $script:Log -ErrorAction SilentlyContinue)
    $lines | Select-Object -Last 6 | ForEach-Object { Say "  | $_" }
    $text = $lines -join "`n"
    $folder = 'name another folder: $env:TORCH_DOCTOR_HOME = "D:\torch-doctor"'
    if ($text -match 'no space left|not enough space|errno 28|winerror 112') { Fail "${What}: the disk is full" "free some space, or $folder" }
    if ($text -match 'filename or extension is too long|winerror 206|errno 2.*site-packages') { Fail "${What}: a path is too long for Windows" "turn on long paths, or $folder" }
    if ($text -match 'access is denied|permission denied|errno 13|winerror 5\b') { Fail "${What}: a folder is not writable" $folder }
    if ($text -match 'do not match the hashes|hash mismatch|checksum') { Fail "${What}: a downloaded file is not the expected one" 'try another source with -Mirror, and do not use that file' }
    if ($text -match 'proxy|tunnel connection') { Fail "${What}: the proxy refused" 'set $env:HTTPS_PROXY to the address your network gives out' }
    if ($text -match 'certificate') { Fail "${What}: the TLS certificate is not trusted" 'a company network: set $env:SSL_CERT_FILE and $env:PIP_CERT to its CA bundle' }
    if ($text -match 'resol|refused|timed out|unreachable|connection|redirects|not find a version|no matching dist|not found in the|40[34]|50\d') {
        Fail "${What}: the package source did not provide what is needed" 'try -Mirror auto; behind a proxy set $env:HTTPS_PROXY; without a network use -Offline DIR'
    }
    Fail $What 'the output of the command is shown above'
}

# --- options --------------------------------------------------------------------------------------------------------

function Confirm-Options {
    if ($Conda -and ($EnvFolder -or $From -or $Offline)) { Fail '-Conda excludes -EnvFolder, -From and -Offline' '-Help lists the options' 2 }
    if ($From -and $Offline) { Fail '-From and -Offline exclude each other' '-Help lists the options' 2 }
    if ($Mirror -and $Mirror -notin 'auto', 'official' -and $Mirror -notmatch '^https?://' -and -not $MirrorIndex[$Mirror]) {
        Fail "no mirror is called $Mirror" '-Help lists them' 2
    }
    foreach ($path in $From, $Offline) {
        if ($path -and -not (Test-Path -LiteralPath $path)) { Fail "there is no $path" '' 2 }
    }
}

function Get-Absolute([string]$Path) { $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($Path) }

# --- look -----------------------------------------------------------------------------------------------------------

function Look {
    $script:Arch = Get-Architecture
    $script:Driver = Get-Driver
    $script:Python = Find-Python
    $script:CondaExe = Get-Program 'mamba', 'conda', 'micromamba'
    $script:Uv = Get-Program 'uv'
    Set-Places
    $drive = New-Object IO.DriveInfo ([IO.Path]::GetPathRoot($script:Data))
    $script:FreeMB = [math]::Floor($drive.AvailableFreeSpace / 1048576)
}

function Get-Architecture {
    $name = "$env:PROCESSOR_ARCHITEW6432"
    if (-not $name) { $name = "$env:PROCESSOR_ARCHITECTURE" }
    $known = @{ ARM64 = 'aarch64'; AMD64 = 'x86_64' }
    if ($known[$name]) { $known[$name] } else { $name.ToLower() }
}

function Get-Driver {
    $smi = Get-Program 'nvidia-smi'
    if (-not $smi) { return '' }
    "$(& $smi '--query-gpu=driver_version' '--format=csv,noheader' 2>$null | Select-Object -First 1)".Trim()
}

function Get-Program([string[]]$Names) {
    foreach ($name in $Names) {
        $found = Get-Command $name -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
        if ($found) { return $found.Source }
    }
    ''
}

# Windows' own python.exe below WindowsApps only opens the Store; and Python from the Store redirects what it writes
# below AppData. Neither is taken.
function Find-Python {
    $launcher = Get-Program 'py'
    $candidates = @($env:PYTHON)
    if ($launcher) {
        foreach ($version in '3.14', '3.13', '3.12', '3.11', '3.15') {
            $candidates += "$(& $launcher "-$version" -c 'import sys; print(sys.executable)' 2>$null)"
        }
    }
    $candidates += @(Get-Command -Name 'python', 'python3' -All -CommandType Application -ErrorAction SilentlyContinue | ForEach-Object { $_.Source })
    foreach ($path in $candidates) {
        if ($path -and $path -notlike '*\WindowsApps\*' -and (Test-GoodPython $path)) {
            return "$(& $path -I -c 'import sys; print(sys.executable)')" # a shim of pyenv's leads elsewhere in another folder
        }
    }
    ''
}

function Test-GoodPython([string]$Path) {
    try { & $Path -I -c 'import sys, ssl, venv, zlib, ctypes; sys.exit(sys.version_info < (3, 11))' 2>$null | Out-Null } catch { return $false }
    $LASTEXITCODE -eq 0
}

function Get-PythonVersion {
    if (-not $script:Python) { return '' }
    & $script:Python -I -c 'import sys; print(*sys.version_info[:2], sep=chr(46))'
}

function Set-Places {
    $base = if ($env:LOCALAPPDATA) { $env:LOCALAPPDATA } else { Join-Path $HOME 'AppData\Local' }
    $script:Data = if ($env:TORCH_DOCTOR_HOME) { Get-Absolute $env:TORCH_DOCTOR_HOME } else { Join-Path $base 'torch-doctor' }
    $script:State = Join-Path $script:Data 'state'
    $script:DoctorEnv = Join-Path $script:Data 'doctor'
    $script:DoctorPython = Join-Path $script:DoctorEnv 'Scripts\python.exe'
    $script:Target = Join-Path $script:Data 'env'
    if ($EnvFolder) { $script:Target = Get-Absolute $EnvFolder }
    elseif (Get-Mark 'environment') { $script:Target = Get-Mark 'environment' }
}

function Test-LongPaths {
    $key = 'HKLM:\SYSTEM\CurrentControlSet\Control\FileSystem'
    (Get-ItemProperty -LiteralPath $key -Name LongPathsEnabled -ErrorAction SilentlyContinue).LongPathsEnabled -eq 1
}

function Show-Facts {
    'os=windows', "arch=$($script:Arch)", "driver=$($script:Driver)", "python=$($script:Python)",
    "python_version=$(Get-PythonVersion)", "conda=$($script:CondaExe)", "uv=$($script:Uv)", "data=$($script:Data)",
    "free_mb=$($script:FreeMB)", "long_paths=$(Test-LongPaths)", "proxy=$([bool]($env:HTTPS_PROXY))",
    "shell=PowerShell $($PSVersionTable.PSVersion)" | ForEach-Object { Write-Output $_ }
}

# --- plan -----------------------------------------------------------------------------------------------------------

function Show-Plan {
    Say "torch-doctor bootstrap on Windows $([Environment]::OSVersion.Version), $($script:Arch)"
    Say "  Python for torch-doctor $(Get-PythonPlan)"
    Say "  torch-doctor's folder   $($script:Data) ($(if (Get-Mark 'doctor') { 'already there' } else { 'about 60 MB to download, 200 MB on disk' }))"
    if (Get-Mark 'setup') {
        Say "  PyTorch                 is already installed: $(if ($Conda) { $Conda } else { $script:Target })"
    } elseif (-not $CheckOnly) {
        Say "  PyTorch goes to         $(if ($Conda) { "the conda environment $Conda" } else { $script:Target })"
        Say '  download size           0.2 GB for a CPU build, up to 3 GB for CUDA (7 GB on disk); torch-doctor shows which'
    }
    Say '  no administrator is needed; -Uninstall removes everything'
    if (-not (Test-LongPaths) -and $script:Target.Length -gt 80) {
        Say '  note: long paths are off and this folder''s name is long; $env:TORCH_DOCTOR_HOME = "C:\torch-doctor" avoids it'
    }
    if (-not (Get-Mark 'doctor') -and $script:FreeMB -lt $NeedMB) {
        Fail "the disk is full: $($script:FreeMB) MB are free, torch-doctor itself needs $NeedMB" 'free some space, or name another folder with $env:TORCH_DOCTOR_HOME'
    }
}

function Get-PythonPlan {
    $miniforge = if ($Conda -and -not $script:CondaExe) { "Miniforge $MiniforgeVersion (about 80 MB to download); " } else { '' }
    if ($script:Python) { return "$miniforge$($script:Python) ($(Get-PythonVersion))" }
    if ($Conda -or $script:CondaExe) { return "$($miniforge)conda's own" }
    "uv $UvVersion and its own Python (about 60 MB to download)"
}

# --- what was done before ---------------------------------------------------------------------------------------------

function Get-Mark([string]$Step) {
    $file = Join-Path $script:State $Step
    if (Test-Path -LiteralPath $file) { [IO.File]::ReadAllText($file) } else { '' }
}

function Test-Done([string]$Step, [string]$Key) { (Get-Mark $Step) -eq $Key }

function Set-Done([string]$Step, [string]$Key) {
    New-Item -ItemType Directory -Force -Path $script:State | Out-Null
    [IO.File]::WriteAllText((Join-Path $script:State "$Step.new"), $Key)
    Move-Item -Force -LiteralPath (Join-Path $script:State "$Step.new") -Destination (Join-Path $script:State $Step)
}

function Clear-Done([string[]]$Steps) {
    foreach ($step in $Steps) { Remove-Tree (Join-Path $script:State $step) }
}

function Remove-Tree([string]$Path) {
    if (Test-Path -LiteralPath $Path) { Remove-Item -LiteralPath $Path -Recurse -Force }
}

# Only a run that changes something needs it. The lock is an open file, which Windows frees when its process ends.
function Start-Changes {
    if ($script:Work) { return }
    try {
        New-Item -ItemType Directory -Force -Path $script:Data | Out-Null
        $script:LockFile = [IO.File]::Open((Join-Path $script:Data 'lock'), 'OpenOrCreate', 'ReadWrite', 'None')
    } catch [UnauthorizedAccessException] {
        Fail "$($script:Data) cannot be written to" 'name another folder with $env:TORCH_DOCTOR_HOME'
    } catch [IO.IOException] {
        Fail "another bootstrap is running in $($script:Data)" 'wait for it'
    }
    $script:Work = Join-Path $script:Data 'work'
    Remove-Tree $script:Work
    New-Item -ItemType Directory -Force -Path $script:Work | Out-Null
    $script:Log = Join-Path $script:Work 'log'
}

# Run a program with its output in the log; true when it ended well
function Invoke-Logged([string]$Program, [string[]]$Arguments) {
    $before = $ErrorActionPreference
    $ErrorActionPreference = 'Continue' # PowerShell 5.1 makes errors of what a program writes to stderr
    try { & $Program @Arguments 2>&1 | ForEach-Object { "$_" } | Out-File -LiteralPath $script:Log -Append -Encoding utf8 }
    finally { $ErrorActionPreference = $before }
    $LASTEXITCODE -eq 0
}

function Invoke-Tidy {
    if ($script:Half) { Remove-Tree $script:Half }
    if ($script:Work) { Remove-Tree $script:Work }
    if ($script:LockFile) {
        $script:LockFile.Dispose()
        Remove-Tree (Join-Path $script:Data 'lock')
    }
}

# --- fetch ----------------------------------------------------------------------------------------------------------

# A release file into the work folder, from GitHub or the release mirror, with its checksum verified
function Get-Release([string]$Repository, [string]$Version, [string]$File) {
    $wanted = $KnownChecksum[$File]
    if (-not $wanted) { Fail "there is no $File for this machine" 'install Python 3.11 or newer, then run this again' }
    $base = if ($env:TORCH_DOCTOR_RELEASES) { $env:TORCH_DOCTOR_RELEASES } else { $Releases }
    $url = "$base/$Repository/releases/download/$Version/$File"
    $path = Join-Path $script:Work $File
    Say "fetching $url"
    try { Invoke-WebRequest -Uri $url -OutFile $path -UseBasicParsing -TimeoutSec 600 }
    catch {
        "$_" | Out-File -LiteralPath $script:Log -Append -Encoding utf8
        Fail-WithLog "Python is missing here, and $url cannot be had"
    }
    $got = (Get-FileHash -LiteralPath $path -Algorithm SHA256).Hash.ToLower()
    if ($got -ne $wanted) { Fail "$File has the wrong checksum: $got instead of $wanted" 'it was not run; try again, or from another network' }
    $path
}

function Get-Uv {
    $own = Join-Path $script:Data 'uv\uv.exe'
    if (-not $script:Uv -and (Test-Path -LiteralPath $own)) { $script:Uv = $own }
    if ($script:Uv) { return }
    Start-Changes
    $zip = Get-Release 'astral-sh/uv' $UvVersion "uv-$($script:Arch)-pc-windows-msvc.zip"
    Expand-Archive -LiteralPath $zip -DestinationPath (Join-Path $script:Work 'uv') -Force
    Move-Item -LiteralPath (Join-Path $script:Work 'uv') -Destination (Join-Path $script:Data 'uv')
    $script:Uv = $own
}

function Get-Miniforge {
    $folder = Join-Path $script:Data 'miniforge'
    $own = Join-Path $folder 'Scripts\conda.exe'
    if (-not $script:CondaExe -and (Test-Path -LiteralPath $own)) { $script:CondaExe = $own }
    if ($script:CondaExe) { return }
    if ($folder -match '[^\x21-\x7e]') {
        Fail "Miniforge cannot be installed into $folder : spaces and letters other than English ones" '$env:TORCH_DOCTOR_HOME = "C:\torch-doctor"'
    }
    Start-Changes
    $setup = Get-Release 'conda-forge/miniforge' $MiniforgeVersion "Miniforge3-$MiniforgeVersion-Windows-$($script:Arch).exe"
    $script:Half = $folder
    Remove-Tree $folder
    Start-Process -Wait -FilePath $setup -ArgumentList '/S', '/InstallationType=JustMe', '/RegisterPython=0', '/AddToPath=0', '/NoRegistry=1', "/D=$folder"
    if (-not (Test-Path -LiteralPath $own)) { Fail 'Miniforge could not be installed' "its installer left nothing in $folder" }
    $script:Half = ''
    $script:CondaExe = $own
}

# --- Python and the doctor's environment --------------------------------------------------------------------------------

function Get-Python {
    if ($Conda) { Get-Miniforge }
    if ($script:Python) { return }
    if ($script:CondaExe) {
        $beside = Join-Path (Split-Path (Split-Path $script:CondaExe)) 'python.exe'
        if (Test-GoodPython $beside) { $script:Python = $beside; return }
    }
    Get-Uv
    $env:UV_PYTHON_INSTALL_DIR = Join-Path $script:Data 'python'
    $script:Python = "$(& $script:Uv python find --managed-python 3.13 2>$null)"
    if ($script:Python) { return }
    Start-Changes
    Say 'fetching uv''s own Python 3.13'
    if (-not (Invoke-Logged $script:Uv @('python', 'install', '--no-bin', '--no-registry', '3.13'))) { Fail-WithLog 'uv''s own Python 3.13 cannot be had' }
    $script:Python = "$(& $script:Uv python find --managed-python 3.13)"
}

# What -Source says, a wheel in the wheelhouse, or the checkout this script lies in or was started in.
function Find-Source {
    if (-not $script:From_ -and $Offline) {
        $script:From_ = Get-ChildItem -LiteralPath $Offline -Filter 'torch_doctor-*.whl' | Sort-Object Name | Select-Object -Last 1 -ExpandProperty FullName
    }
    $folders = @($PWD.Path)
    if ($PSScriptRoot) { $folders = @((Split-Path $PSScriptRoot)) + $folders }
    foreach ($folder in $folders) {
        $project = Join-Path $folder 'pyproject.toml'
        if (-not $script:From_ -and (Test-Path -LiteralPath $project) -and (Select-String -LiteralPath $project -Pattern '^name = "torch-doctor"' -Quiet)) { $script:From_ = $folder }
    }
    if (-not $script:From_) { Fail 'torch-doctor itself is missing: this is not a checkout of it' 'run it from a checkout, or give -Source FOLDER|WHEEL|URL' }
}

# what the doctor's environment was made from; another content makes it anew
function Get-SourceKey {
    if (-not (Test-Path -LiteralPath $script:From_ -PathType Container)) { return $script:From_ }
    $files = Get-ChildItem -LiteralPath (Join-Path $script:From_ 'doctor'), (Join-Path $script:From_ 'recipes') -Recurse -File | Where-Object { $_.Extension -ne '.pyc' }
    ($files + (Get-Item -LiteralPath (Join-Path $script:From_ 'pyproject.toml')) | Get-FileHash | ForEach-Object { $_.Hash.Substring(0, 8) }) -join ''
}

function New-Doctor {
    $script:From_ = $Source
    Find-Source
    $key = "$(Get-SourceKey) $($script:From_) $($script:DoctorEnv)"
    if ((Test-Done 'doctor' $key) -and (Test-Path -LiteralPath $script:DoctorPython)) { return }
    Get-Python
    Start-Changes
    Clear-Done 'doctor'
    $script:Half = $script:DoctorEnv
    Say "creating torch-doctor's environment in $($script:DoctorEnv)"
    Remove-Tree $script:DoctorEnv
    if (-not (Invoke-Logged $script:Python @('-I', '-m', 'venv', '--without-pip', $script:DoctorEnv))) { Fail-WithLog 'torch-doctor''s environment could not be created' }
    Get-Installer
    Select-Index
    if (-not (Install-Doctor)) { Fail-WithLog 'torch-doctor could not be installed' }
    $script:Half = ''
    Set-Done 'doctor' $key
}

function Install-Doctor {
    if (-not $Offline) { return Install $script:From_, 'pip', 'uv' }
    if (-not (Install '--no-index', '--find-links', $Offline, $script:From_)) { return $false }
    Install '--no-index', '--find-links', $Offline, 'pip', 'uv' | Out-Null
    $true
}

# On Windows every Python that has venv has the wheel of pip in ensurepip; else uv.
function Get-Installer {
    $find = 'import ensurepip, glob, os; print(glob.glob(os.path.join(os.path.dirname(ensurepip.__file__), ''_bundled'', ''pip-*.whl''))[0])'
    $script:PipWheel = "$(& $script:Python -I -c $find 2>$null)"
    if (-not $script:PipWheel) { Get-Uv }
}

function Install([string[]]$What) {
    if ($script:PipWheel) { return Invoke-Logged $script:DoctorPython (@('-I', "$($script:PipWheel)/pip", 'install', '--no-user', '--disable-pip-version-check') + $What) }
    Invoke-Logged $script:Uv (@('pip', 'install', '--compile-bytecode', '--python', $script:DoctorPython) + $What)
}

# -Mirror: the index that pip and uv use from here on; `auto` keeps the configured one while it answers
function Select-Index {
    switch ($Mirror) {
        '' { return }
        'official' {
            Remove-Item -Path 'Env:PIP_INDEX_URL', 'Env:PIP_EXTRA_INDEX_URL', 'Env:UV_DEFAULT_INDEX', 'Env:UV_INDEX_URL' -ErrorAction SilentlyContinue
            $env:PIP_CONFIG_FILE = 'nul'
            $env:UV_NO_CONFIG = '1'
        }
        'auto' { Select-AnsweringIndex }
        default { Use-Index $(if ($MirrorIndex[$Mirror]) { $MirrorIndex[$Mirror] } else { $Mirror }) }
    }
}

function Use-Index([string]$Url) { $env:PIP_INDEX_URL = $Url; $env:UV_DEFAULT_INDEX = $Url }

function Select-AnsweringIndex {
    if ($Offline -or (Test-Index)) { return }
    foreach ($name in 'tuna', 'aliyun', 'ustc', 'tencent', 'nju', 'huawei') {
        Say "the configured package source does not answer; trying $name"
        Use-Index $MirrorIndex[$name]
        if (Test-Index) { return }
    }
    Fail-WithLog 'no package source answers'
}

function Test-Index {
    if ($script:PipWheel) { return Install '--dry-run', '--no-deps', '--timeout', '10', '--retries', '0', 'packaging' }
    Install '--dry-run', '--no-deps', 'packaging'
}

# --- hand over ------------------------------------------------------------------------------------------------------

# true when the doctor ended with 0; what it says goes to the console
function Invoke-Doctor([string[]]$Arguments) {
    $path = $env:PATH
    $env:PATH = "$(Join-Path $script:DoctorEnv 'Scripts');$path"
    $env:PYTHONDONTWRITEBYTECODE = '1'
    try { & $script:DoctorPython -P -m doctor @Arguments | Out-Host }
    finally {
        $env:PATH = $path
        Remove-Item Env:PYTHONDONTWRITEBYTECODE
    }
    $LASTEXITCODE -eq 0
}

# before anything is installed: the driver and the machine, with the pages of the installers where they are needed
function Test-Machine {
    $python = Get-TargetPython
    if ($python) { return Invoke-Doctor 'check', '--python', $python }
    Say '--- the machine, before anything is installed'
    # 4: no PyTorch could be tried, for there is none yet
    (Invoke-Doctor 'check', '--python', $script:DoctorPython, '--fast', '--skip', 'torch', '--skip', 'install', '--skip', 'packages') -or
        $LASTEXITCODE -eq 4
}

function Invoke-Setup {
    $key = "$($script:Target) $Conda $From"
    if ((Test-Done 'setup' $key) -and (Get-TargetPython)) { return }
    Start-Changes
    Clear-Done 'setup', 'recipes', 'lock'
    Set-Done 'environment' $script:Target
    $arguments = @('setup', '--yes')
    if ($Conda) { $arguments += '--conda', $Conda } else { $arguments += '--env', $script:Target }
    if ($From) { $arguments += '--from', $From } elseif (-not $Conda) { $arguments += '--python', $script:Python }
    if ($Offline) { $arguments += '--offline', $Offline }
    Say '--- setup'
    if ($script:CondaExe) { $env:PATH = "$(Split-Path $script:CondaExe);$env:PATH" }
    if (-not (Invoke-Doctor $arguments)) { Fail 'the environment could not be created' 'fix what is reported above and run this again: it continues from what is already downloaded' }
    Set-Done 'setup' $key
    Set-Done 'recipes' (Get-TargetPython) # setup ends with the check and the quick recipes
}

# uv's cache links its files into the environment; without one of the user's it lies, and goes, with our folder
function Set-OwnCache {
    if (-not $env:UV_CACHE_DIR -and -not (Test-Path -LiteralPath (Join-Path $env:LOCALAPPDATA 'uv\cache'))) { $env:UV_CACHE_DIR = Join-Path $script:Data 'cache\uv' }
    if (-not $env:PIP_CACHE_DIR -and -not (Test-Path -LiteralPath (Join-Path $env:LOCALAPPDATA 'pip\cache'))) { $env:PIP_CACHE_DIR = Join-Path $script:Data 'cache\pip' }
}

function Get-TargetPython {
    $path = Join-Path $script:Target 'Scripts\python.exe'
    if ($Conda) {
        $program = if ($script:CondaExe) { $script:CondaExe } else { 'conda' }
        $path = Join-Path "$(& $program info --base)" "envs\$Conda\python.exe"
    }
    if (Test-Path -LiteralPath $path) { $path } else { '' }
}

function Invoke-Proof {
    $python = Get-TargetPython
    if (-not $python) { Fail 'the environment is missing' 'run this again' }
    Say '--- check'
    if (-not (Invoke-Doctor 'check', '--python', $python)) {
        Clear-Done 'setup'
        Fail 'PyTorch is installed, but the check does not find it sound' 'the reason is shown above'
    }
    if (-not (Test-Done 'recipes' $python)) {
        Start-Changes
        Say '--- quick recipes'
        if (-not (Invoke-Doctor 'run-recipes', '--quick', '--python', $python)) { Fail 'a recipe failed' "explain its error with 'torch-doctor explain FILE'" }
        Set-Done 'recipes' $python
    }
    if (Test-Done 'lock' $python) { return }
    Start-Changes
    New-Item -ItemType Directory -Force -Path (Join-Path $script:Data 'locks') | Out-Null
    if (-not (Invoke-Doctor 'lock', '--python', $python, '--output', (Join-Path $script:Data 'locks'))) { Fail 'the lock could not be written' }
    Set-Done 'lock' $python
}

function Show-Tomorrow {
    $program = Join-Path $script:DoctorEnv 'Scripts\torch-doctor.exe'
    Say 'Done. From now on (if Activate.ps1 is not allowed to run: Set-ExecutionPolicy -Scope Process RemoteSigned):'
    Write-Output $(if ($Conda) { "  conda activate $Conda" } else { "  & '$(Join-Path $script:Target 'Scripts\Activate.ps1')'" })
    Write-Output "  & '$program' check"
    Write-Output "  & '$program' run-recipes"
}

# --- uninstall --------------------------------------------------------------------------------------------------------

function Invoke-Uninstall {
    if (-not (Test-Path -LiteralPath $script:Data)) { Say "nothing to remove: there is no $($script:Data)"; return }
    $outside = (Get-Mark 'setup') -and -not $script:Target.StartsWith("$($script:Data)\") -and (Test-Path -LiteralPath $script:Target)
    Say "removing $($script:Data)"
    if ($outside) { Say "removing $($script:Target)" }
    Request-Agreement
    if ($outside) { Remove-Tree $script:Target }
    Remove-Tree $script:Data
    Say 'what remains: configuration that ''torch-doctor mirrors'' or ''fix'' wrote, with its journal, and conda environments'
}

function Invoke-Main {
    Confirm-Options
    Look
    if ($Print) { Show-Facts; return }
    if ($Uninstall) { Invoke-Uninstall; return }
    Show-Plan
    if ($DryRun) { Say 'nothing was done (-DryRun)'; return }
    if (-not (Get-Mark 'setup')) { Request-Agreement }
    Set-OwnCache
    New-Doctor
    if ($CheckOnly) {
        if (-not (Test-Machine)) { $script:ExitCode = 1 }
        return
    }
    if (-not (Get-Mark 'setup')) { Test-Machine | Out-Null }
    Invoke-Setup
    Invoke-Proof
    Show-Tomorrow
}

# What is set for the run is put back after it, since under iex the session goes on.
function Invoke-Guarded {
    $script:ExitCode = 0
    foreach ($name in 'Work', 'Half', 'Log', 'LockFile', 'PipWheel') { Set-Variable -Scope Script -Name $name -Value '' }
    $saved = @{ }
    Get-ChildItem Env: | ForEach-Object { $saved[$_.Name] = $_.Value }
    $protocols = [Net.ServicePointManager]::SecurityProtocol
    $encoding = [Console]::OutputEncoding
    try {
        [Net.ServicePointManager]::SecurityProtocol = $protocols -bor [Net.SecurityProtocolType]::Tls12
        [Console]::OutputEncoding = New-Object Text.UTF8Encoding # user names in other letters
        $env:PYTHONUTF8 = '1'
        # what would put our packages elsewhere, or other packages among them
        foreach ($name in 'PIP_USER', 'PIP_TARGET', 'PIP_PREFIX', 'PIP_ROOT', 'PIP_REQUIRE_VIRTUALENV', 'PYTHONPATH', 'PYTHONHOME') {
            Remove-Item -LiteralPath "Env:$name" -ErrorAction SilentlyContinue
        }
        Invoke-Main
    } catch {
        $stop = $_.Exception
        Write-Host "bootstrap: $($stop.Message)" -ForegroundColor Red
        if ($stop.Data['next']) { Write-Host "  next: $($stop.Data['next'])" }
        $script:ExitCode = if ($stop.Data['code']) { $stop.Data['code'] } else { 1 }
    } finally {
        Invoke-Tidy
        [Net.ServicePointManager]::SecurityProtocol = $protocols
        [Console]::OutputEncoding = $encoding
        Get-ChildItem Env: | Where-Object { -not $saved.ContainsKey($_.Name) } | ForEach-Object { Remove-Item -LiteralPath "Env:$($_.Name)" }
        $saved.GetEnumerator() | ForEach-Object { Set-Item -LiteralPath "Env:$($_.Key)" -Value $_.Value }
    }
}

$ProgressPreference = 'SilentlyContinue' # its bar makes downloads many times slower in 5.1
if ($Help) { Write-Output $Usage } else { Invoke-Guarded }
if ($PSCommandPath -and $MyInvocation.InvocationName -ne '.') { exit [int]$script:ExitCode }
$global:LASTEXITCODE = [int]$script:ExitCode
