#!/bin/sh
# From a fresh machine to a proven PyTorch. Gets a Python that can run torch-doctor, then hands over to it:
# check, setup, check, quick recipes, lock. Linux, WSL, macOS; needs no root; everything lies in folders of its own.
# scripts/bootstrap.ps1 is the same for Windows, function by function. `--help` lists the options.
set -u

# --- data -----------------------------------------------------------------------------------------------------------

NEED_MB=600 # the doctor's own part, with a Python; the doctor itself judges the space that PyTorch needs
UV_VERSION=0.12.5
MINIFORGE_VERSION=26.3.2-3
RELEASES=https://github.com

usage() {
  cat <<'END'
bash scripts/bootstrap.sh [OPTIONS]      from a fresh machine to a proven PyTorch

  --check-only      install torch-doctor, examine this machine, and stop
  --dry-run         show what would be created and downloaded, and stop
  --print           show what was detected, one key=value per line, and stop
  --env PATH        the environment for PyTorch (default: env/ in torch-doctor's folder)
  --conda NAME      a conda environment instead; installs Miniforge if there is no conda
  --mirror WHERE    auto, official, or a mirror: tuna bfsu ustc sjtu nju aliyun tencent huawei, or the URL of an index
  --from LOCK       install what a lock names
  --offline DIR     use only the wheels in DIR
  --source WHERE    torch-doctor itself, if this is not a checkout: a folder, a wheel or a URL
  --yes             do not ask
  --uninstall       remove everything that this script created
Folder: $TORCH_DOCTOR_HOME, otherwise torch-doctor in $XDG_DATA_HOME or ~/.local/share. $TORCH_DOCTOR_RELEASES: a mirror
of GitHub's release files, for uv, its Python and Miniforge; their checksums are verified in any case.
Exit code: 0 done, 1 something is in the way (it is shown), 2 wrong usage, 130 interrupted.
END
}

# Mirrors of PyPI by the names `torch-doctor mirrors` uses; their operators' help pages, July to September 2026.
mirror_index() {
  case $1 in
    tuna) echo https://pypi.tuna.tsinghua.edu.cn/simple ;;
    bfsu) echo https://mirrors.bfsu.edu.cn/pypi/web/simple ;;
    ustc) echo https://mirrors.ustc.edu.cn/pypi/simple ;;
    sjtu) echo https://mirror.sjtu.edu.cn/pypi/web/simple ;;
    nju) echo https://mirror.nju.edu.cn/pypi/web/simple ;;
    aliyun) echo https://mirrors.aliyun.com/pypi/simple ;;
    tencent) echo https://mirrors.cloud.tencent.com/pypi/simple ;;
    huawei) echo https://mirrors.huaweicloud.com/repository/pypi/simple ;;
    http://* | https://*) echo "$1" ;;
    *) return 1 ;;
  esac
}

# SHA-256 of the files of the two releases: astral-sh/setup-uv's list of 2026-08-20, pyenv's of 2026-07-18.
known_checksum() {
  case $1 in
    uv-x86_64-unknown-linux-gnu.tar.gz) echo 68a509da24b06b4223a1c0175fb5eb5bc79342b76cbeff0cfe51ac3f5b17b6b2 ;;
    uv-x86_64-unknown-linux-musl.tar.gz) echo a4742988791c9aeae68c78150d6cba762062ad2a47e53738c2779d2b596bfcdb ;;
    uv-aarch64-unknown-linux-gnu.tar.gz) echo 9bf43b4d1a07665bf64d4c4e710930b382321a785e0eb10aac07f46471f86a31 ;;
    uv-aarch64-unknown-linux-musl.tar.gz) echo 8767a0e77f2cd45436401b1b42bf7e9ed5a4a91a74a5305d6fe93249d0f6dbc5 ;;
    uv-x86_64-apple-darwin.tar.gz) echo b3b2137477cf96c9686ebfb71524614cec780c673fd73e59bce099aef02e70e8 ;;
    uv-aarch64-apple-darwin.tar.gz) echo 5bb0e5fe008a773c3dbcb97ff79cd89e1241464fe9d2f986d52ad8f1b037bd62 ;;
    Miniforge3-*-Linux-x86_64.sh) echo 848194851a98903134187fbb4ab50efe87b003e0c0f808f97644b7524a62bf2c ;;
    Miniforge3-*-Linux-aarch64.sh) echo 2c113a69297e612b01ca0f320c22a3107a11f2ab9b573d79ac868a175945ce29 ;;
    Miniforge3-*-MacOSX-x86_64.sh) echo 39273e4c89a0a1af4538010615d44ae8f44e1af41007e02def593d20f316b003 ;;
    Miniforge3-*-MacOSX-arm64.sh) echo 59168f1e24d0a4ad9932021170809fca836cd240e183eeeb331d5bcfc0098168 ;;
    *) return 1 ;;
  esac
}

# --- talk -----------------------------------------------------------------------------------------------------------

say() { printf '%s\n' "$*" >&2; }

# WHAT NEXT: stop with what is in the way and what to do about it
fail() {
  say "bootstrap: $1"
  [ -z "${2:-}" ] || say "  next: $2"
  exit 1
}

wrong_usage() {
  say "bootstrap: $1; --help lists the options"
  exit 2
}

has_terminal() { [ -t 2 ] && (: </dev/tty) 2>/dev/null; }

agree() {
  [ "$yes" = no ] && has_terminal || return 0
  printf 'Continue? [Y/n] ' >&2
  read -r answer </dev/tty || answer=n
  case $answer in '' | [Yy]*) ;; *) fail "nothing was done, as you asked" ;; esac
}

# WHAT: say why a step failed, from what its commands said in $log
fail_with_log() {
  what=$1
  tail -n 6 "$log" | sed 's/^/  | /' >&2
  if logged 'no space left|disk quota|errno 28'; then
    fail "$what: the disk is full" "free some space, or name another folder with TORCH_DOCTOR_HOME=/path"
  elif logged 'read-only file system|permission denied|errno 13|errno 30'; then
    fail "$what: a folder is not writable" "name another folder with TORCH_DOCTOR_HOME=/path"
  elif logged 'do not match the hashes|hash mismatch|checksum|hash differs'; then
    fail "$what: a downloaded file is not the expected one" "try another source with --mirror, and do not use that file"
  elif logged 'proxy|tunnel connection'; then
    fail "$what: the proxy refused" "set HTTPS_PROXY to the address your network gives out, with user and password if it asks"
  elif logged 'certificate'; then
    fail "$what: the TLS certificate is not trusted" "a company network: set SSL_CERT_FILE and PIP_CERT to its CA bundle"
  elif logged 'resol|refused|timed out|unreachable|connection|redirects|not find a version|no matching dist|not found in the|no solution|http error|50[0-9]|403|404'; then
    fail "$what: the package source did not provide what is needed" "try --mirror auto; behind a proxy set HTTPS_PROXY; without a network use --offline DIR"
  fi
  fail "$what" "the output of the command is shown above"
}

logged() { grep -qiE "$1" "$log"; }

# --- options --------------------------------------------------------------------------------------------------------

parse_options() {
  mode=all yes=no env_folder='' conda_name='' mirror='' lock_file='' offline='' source=${TORCH_DOCTOR_SOURCE:-}
  while [ $# -gt 0 ]; do
    case $1 in
      --check-only | --dry-run | --print | --uninstall) mode=${1#--} ;;
      --yes) yes=yes ;;
      --env | --conda | --mirror | --from | --offline | --source)
        [ -n "${2:-}" ] || wrong_usage "$1 needs a value"
        take_value "$1" "$2"
        shift
        ;;
      -h | --help)
        usage
        exit 0
        ;;
      *) wrong_usage "unknown option $1" ;;
    esac
    shift
  done
  [ -z "$conda_name" ] || [ -z "$env_folder$lock_file$offline" ] || wrong_usage "--conda excludes --env, --from and --offline"
  [ -z "$lock_file" ] || [ -z "$offline" ] || wrong_usage "--from and --offline exclude each other"
}

take_value() {
  case $1 in
    --env) env_folder=$(absolute "$2") ;;
    --conda) conda_name=$2 ;;
    --mirror)
      mirror=$2
      case $mirror in auto | official) ;; *) mirror_index "$mirror" >/dev/null || wrong_usage "no mirror is called $mirror" ;; esac
      ;;
    --from) lock_file=$(existing "$2") || wrong_usage "there is no $2" ;;
    --offline) offline=$(existing "$2") && [ -d "$offline" ] || wrong_usage "there is no folder $2" ;;
    --source) source=$2 ;;
  esac
}

absolute() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac }
existing() { [ -e "$1" ] && absolute "$1"; }

# --- look -----------------------------------------------------------------------------------------------------------

look() {
  os=$(uname -s | tr '[:upper:]' '[:lower:]')
  [ "$os" != darwin ] || os=macos
  arch=$(uname -m)
  case $arch in arm64) arch=aarch64 ;; amd64) arch=x86_64 ;; esac
  look_at_libc
  distribution=$(sed -n 's/^PRETTY_NAME=//p' /etc/os-release 2>/dev/null | tr -d '"')
  wsl=$(grep -qi microsoft /proc/version 2>/dev/null && echo yes || echo no)
  driver=$(sed -n 's/.*Kernel Module[^0-9]*\([0-9][0-9.]*\).*/\1/p' /proc/driver/nvidia/version 2>/dev/null)
  privileges=$([ "$(id -u)" = 0 ] && echo root || echo user)
  proxy=$([ -n "${https_proxy:-${HTTPS_PROXY:-${all_proxy:-${ALL_PROXY:-}}}}" ] && echo yes || echo no)
  python=$(find_python) || python=''
  conda=$(command -v mamba || command -v conda || command -v micromamba) || conda=''
  uv=$(command -v uv) || uv=''
  places
  free_mb=$(df -Pk "$(nearest_folder "$data")" 2>/dev/null | awk 'NR == 2 { print int($4 / 1024) }')
}

look_at_libc() {
  libc='' glibc='' macos=''
  if [ "$os" = macos ]; then
    macos=$(sw_vers -productVersion 2>/dev/null)
  elif glibc=$(getconf GNU_LIBC_VERSION 2>/dev/null); then
    libc=glibc glibc=${glibc#* }
  else
    libc=musl glibc=''
  fi
}

# an interpreter that can make environments and speak TLS; macOS' /usr/bin/python3 opens a dialog without its tools
find_python() {
  for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python python3.15; do
    path=$(command -v "${name:-none}") || continue
    [ "$os $path" != "macos /usr/bin/python3" ] || xcode-select -p >/dev/null 2>&1 || continue
    if is_good_python "$path"; then
      "$path" -I -c 'import sys; print(sys.executable)' </dev/null # a shim of pyenv's leads elsewhere in another folder
      return
    fi
  done
  return 1
}

is_good_python() {
  "$1" -I -c 'import sys, ssl, venv, zlib, ctypes; sys.exit(sys.version_info < (3, 11))' </dev/null >/dev/null 2>&1
}

python_version() {
  [ -z "$python" ] || "$python" -I -c 'import sys; print("%d.%d" % sys.version_info[:2])' </dev/null
}

places() {
  data=${TORCH_DOCTOR_HOME:-${XDG_DATA_HOME:-${HOME:?is not set}/.local/share}/torch-doctor}
  state=$data/state doctor_env=$data/doctor
  [ -n "$env_folder" ] || env_folder=$(mark_of environment) || env_folder=$data/env
}

nearest_folder() {
  near=$1
  until [ -d "$near" ]; do near=$(dirname "$near"); done
  echo "$near"
}

print_facts() {
  cat <<END
os=$os
arch=$arch
libc=$libc
glibc=$glibc
macos=$macos
distribution=$distribution
wsl=$wsl
driver=$driver
privileges=$privileges
proxy=$proxy
shell=${SHELL:-}
python=$python
python_version=$(python_version)
conda=$conda
uv=$uv
data=$data
free_mb=$free_mb
END
}

# --- plan -----------------------------------------------------------------------------------------------------------

show_plan() {
  say "torch-doctor bootstrap on ${distribution:-$os ${macos:-}}, $arch$([ "$wsl" = no ] || echo ', WSL')"
  say "  Python for torch-doctor $(python_plan)"
  say "  torch-doctor's folder   $data ($([ -n "$(mark_of doctor)" ] && echo 'already there' || echo 'about 60 MB to download, 200 MB on disk'))"
  if [ -n "$(mark_of setup)" ]; then
    say "  PyTorch                 is already installed: ${conda_name:-$env_folder}"
  elif [ "$mode" != check-only ]; then
    say "  PyTorch goes to         $([ -n "$conda_name" ] && echo "the conda environment $conda_name" || echo "$env_folder")"
    say "  download size           0.2 GB for a CPU build, up to 3 GB for CUDA (7 GB on disk); torch-doctor shows which"
  fi
  say "  root is not needed; --uninstall removes everything"
  [ -n "$(mark_of doctor)" ] || [ "${free_mb:-$NEED_MB}" -ge "$NEED_MB" ] ||
    fail "the disk is full: $free_mb MB are free at $(nearest_folder "$data"), torch-doctor itself needs $NEED_MB" "free some space, or name another folder with TORCH_DOCTOR_HOME=/path"
}

python_plan() {
  [ -z "$conda_name" ] || [ -n "$conda" ] || printf 'Miniforge %s (about 100 MB to download); ' "$MINIFORGE_VERSION"
  if [ -n "$python" ]; then
    echo "$python ($(python_version))"
  elif [ -z "$conda_name$conda" ]; then
    echo "uv ${uv:-$UV_VERSION} and its own Python (about 60 MB to download)"
  else
    echo "conda's own"
  fi
}

# --- what was done before ---------------------------------------------------------------------------------------------

mark_of() { cat "$state/$1" 2>/dev/null; }
is_done() { [ "$(mark_of "$1")" = "$2" ]; }
mark() { mkdir -p "$state" && printf '%s\n' "$2" >"$state/$1.new" && mv "$state/$1.new" "$state/$1"; }
forget() { for step in "$@"; do rm -f "$state/$step"; done; }

# Only a run that changes something needs it. What an ended run left behind is removed, and ended if it still works.
begin_changes() {
  [ -z "$work" ] || return 0
  mkdir -p "$data" 2>/dev/null && [ -w "$data" ] ||
    fail "$data cannot be written to" "name another folder with TORCH_DOCTOR_HOME=/path"
  if ! mkdir "$data/lock" 2>/dev/null; then
    [ -s "$data/lock/pid" ] || sleep 1 # it is written right after the folder is made
    ! is_alive "$(cat "$data/lock/pid" 2>/dev/null)" ||
      fail "another bootstrap is running in $data" "wait for it; if none is running, remove $data/lock"
    end_leftover "$(cat "$data/lock/child" 2>/dev/null)"
  fi
  { rm -rf "$data/work" && mkdir -p "$data/lock" "$data/work" && echo $$ >"$data/lock/pid"; } ||
    fail "$data cannot be written to" "is the disk full? name another folder with TORCH_DOCTOR_HOME=/path"
  work=$data/work log=$data/work/log
  : >"$log"
}

# piped, its name is only that of the shell
is_alive() { [ -n "$1" ] && kill -0 "$1" 2>/dev/null && command_line "$1" | grep -qE 'bootstrap|sh( |$)'; }

command_line() {
  if [ -r "/proc/$1/cmdline" ]; then tr '\0' ' ' <"/proc/$1/cmdline"; else ps -o args= -p "$1" 2>/dev/null; fi
}

end_leftover() {
  [ -n "$1" ] && command_line "$1" | grep -qF "$data" || return 0
  kill "$1" 2>/dev/null
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    kill -0 "$1" 2>/dev/null || return 0
    sleep 1
  done
  kill -9 "$1" 2>/dev/null
}

# COMMAND…: as a child that an interrupted run's successor can find; its output goes where the caller says
watched() {
  "$@" &
  child=$!
  [ -z "$work" ] || echo "$child" >"$data/lock/child"
  wait "$child"
  ended=$?
  child=''
  return $ended
}

tidy() {
  [ -z "$child" ] || { kill "$child" 2>/dev/null && wait "$child" 2>/dev/null; } # it takes back what it has begun
  [ -z "$half" ] || rm -rf "$half"
  [ -n "$work" ] || return 0
  rm -rf "$work" "$data/lock"
  rmdir "$state" 2>/dev/null
  ! rmdir "$data" 2>/dev/null || remove_empty_parents
}

remove_empty_parents() {
  [ "$data" != "$HOME/.local/share/torch-doctor" ] || rmdir "$HOME/.local/share" "$HOME/.local" 2>/dev/null || :
}

# --- fetch ----------------------------------------------------------------------------------------------------------

# URL FILE: with what the machine has; apt's helper is there even on a Debian without curl and wget
download() {
  if command -v curl >/dev/null; then
    watched curl -fsSL --retry 2 --connect-timeout 15 --speed-limit 1000 --speed-time 30 -o "$2" "$1" >>"$log" 2>&1
  elif command -v wget >/dev/null; then
    watched wget -q --tries 2 --timeout 30 -O "$2" "$1" >>"$log" 2>&1
  elif [ -x /usr/lib/apt/apt-helper ]; then
    watched /usr/lib/apt/apt-helper -o Acquire::Retries=1 -o Acquire::https::Timeout=30 download-file "$1" "$2" >>"$log" 2>&1
  else
    fail "there is no tool to download with" "install curl or wget"
  fi
}

sha256() {
  if command -v sha256sum >/dev/null; then
    sha256sum "$1"
  elif command -v shasum >/dev/null; then
    shasum -a 256 "$1"
  else
    openssl dgst -sha256 -r "$1"
  fi | cut -d ' ' -f 1
}

# REPOSITORY VERSION FILE: a release file into $work, from GitHub or the release mirror, with its checksum verified
fetch_release() {
  command -v sha256sum >/dev/null || command -v shasum >/dev/null || command -v openssl >/dev/null ||
    fail "there is no checksum tool, and nothing is run without verification" "install sha256sum (coreutils), shasum (perl) or openssl"
  wanted=$(known_checksum "$3") || fail "there is no $3 for this machine" "install Python 3.11 or newer, then run this again"
  url=${TORCH_DOCTOR_RELEASES:-$RELEASES}/$1/releases/download/$2/$3
  say "fetching $url"
  if ! download "$url" "$work/$3"; then
    tail -n 6 "$log" | sed 's/^/  | /' >&2
    fail "there is no Python 3.11 or newer here, and $url could not be fetched" "$(other_ways_to_python)"
  fi
  got=$(sha256 "$work/$3")
  [ "$got" = "$wanted" ] ||
    fail "$3 has the wrong checksum: $got instead of $wanted" "it was not run; try again, or from another network"
}

other_ways_to_python() {
  case $distribution in
    *Debian* | *Ubuntu*) echo "sudo apt install python3 (it is new enough from Debian 12 and Ubuntu 24.04 on), and run this again; or" ;;
    *) echo "install Python 3.11 or newer with the system's package manager, and run this again; or" ;;
  esac
  echo "        set HTTPS_PROXY if a proxy is needed, or TORCH_DOCTOR_RELEASES to a mirror of $RELEASES"
}

get_uv() {
  [ -z "$uv" ] || return 0
  [ ! -x "$data/uv/uv" ] || { uv=$data/uv/uv && return; }
  begin_changes
  case $os in macos) target=$arch-apple-darwin ;; *) target=$arch-unknown-linux-$([ "$libc" = musl ] && echo musl || echo gnu) ;; esac
  fetch_release astral-sh/uv "$UV_VERSION" "uv-$target.tar.gz"
  mkdir -p "$work/uv"
  { tar -xzf "$work/uv-$target.tar.gz" -C "$work/uv" --strip-components 1 2>>"$log" && mv "$work/uv" "$data/uv"; } ||
    fail_with_log "uv could not be unpacked"
  uv=$data/uv/uv
}

get_miniforge() {
  conda=${conda:-$(ls "$data/miniforge/bin/conda" 2>/dev/null)}
  [ -z "$conda" ] || return 0
  begin_changes
  case "$os $arch" in macos\ aarch64) target=MacOSX-arm64 ;; macos*) target=MacOSX-$arch ;; *) target=Linux-$arch ;; esac
  file=Miniforge3-$MINIFORGE_VERSION-$target.sh
  fetch_release conda-forge/miniforge "$MINIFORGE_VERSION" "$file"
  half=$data/miniforge
  rm -rf "$half"
  watched sh "$work/$file" -b -p "$half" </dev/null >>"$log" 2>&1 || fail_with_log "Miniforge could not be installed"
  half='' conda=$data/miniforge/bin/conda
}

# --- Python and the doctor's environment --------------------------------------------------------------------------------

get_python() {
  [ -z "$conda_name" ] || get_miniforge
  [ -z "$python" ] || return 0
  if [ -n "$conda" ] && is_good_python "$(dirname "$conda")/python"; then
    python=$(dirname "$conda")/python
    return
  fi
  get_uv
  export UV_PYTHON_INSTALL_DIR="$data/python"
  [ -z "${TORCH_DOCTOR_RELEASES:-}" ] ||
    export UV_PYTHON_INSTALL_MIRROR="$TORCH_DOCTOR_RELEASES/astral-sh/python-build-standalone/releases/download"
  python=$("$uv" python find --managed-python 3.13 2>/dev/null) && return
  begin_changes
  say "fetching uv's own Python 3.13"
  watched "$uv" python install --no-bin 3.13 </dev/null >>"$log" 2>&1 || fail_with_log "uv's own Python 3.13 cannot be had"
  python=$("$uv" python find --managed-python 3.13 2>>"$log") || fail_with_log "uv's own Python 3.13 cannot be found"
}

# What --source says, a wheel in the wheelhouse, or the checkout this script lies in or was started in.
find_source() {
  [ -n "$source" ] || [ -z "$offline" ] || source=$(find "$offline" -name 'torch_doctor-*.whl' | sort | tail -n 1)
  for folder in "$(dirname "$0")/.." .; do
    if [ -z "$source" ] && grep -qs '^name = "torch-doctor"' "$folder/pyproject.toml"; then
      source=$(cd "$folder" && pwd)
    fi
  done
  [ -n "$source" ] || fail "torch-doctor itself is missing: this is not a checkout of it" "run it from a checkout, or give --source FOLDER|WHEEL|URL"
}

# what the doctor's environment was made from; another content makes it anew
source_key() {
  if [ -d "$source" ]; then
    (cd "$source" && find doctor recipes pyproject.toml -type f ! -name '*.pyc' -exec cksum {} + | sort | cksum)
  else
    echo "$source"
  fi
}

make_doctor() {
  find_source
  key="$(source_key) $source $doctor_env"
  doctor_python=$doctor_env/bin/python
  if is_done doctor "$key" && "$doctor_python" -P -c 'import doctor' 2>/dev/null; then return; fi
  get_python
  begin_changes
  forget doctor
  half=$doctor_env
  say "creating torch-doctor's environment in $doctor_env"
  rm -rf "$doctor_env"
  watched "$python" -I -m venv --without-pip "$doctor_env" </dev/null >>"$log" 2>&1 || fail_with_log "torch-doctor's environment could not be created"
  get_installer
  choose_index
  install_doctor || fail_with_log "torch-doctor could not be installed"
  half=''
  mark doctor "$key"
}

install_doctor() {
  if [ -n "$offline" ]; then
    install --no-index --find-links "$offline" "$source" && { install --no-index --find-links "$offline" pip uv || :; }
  else
    install "$source" pip uv
  fi
}

# Debian and Ubuntu ship Python without pip, ensurepip or both: any wheel of pip can be run as it is.
get_installer() {
  installer=wheel
  pip_wheel=$("$python" -I -c "$FIND_PIP_WHEEL" "${offline:-/nowhere}" 2>/dev/null)
  if [ -n "$pip_wheel" ]; then return; fi
  if "$python" -m pip --python "$doctor_python" --version </dev/null >/dev/null 2>&1; then
    installer=module
  elif [ -n "$uv" ]; then
    installer=uv
  elif ! pip_from_index && ! pip_from_apt; then
    say "pip is in none of these: this Python, its ensurepip, the apt archive, the configured index; using uv instead"
    get_uv
    installer=uv
  fi
}

FIND_PIP_WHEEL='
import glob, importlib.util, os, sys
found = importlib.util.find_spec("ensurepip")
folders = [os.path.join(os.path.dirname(found.origin), "_bundled")] if found else []
for folder in [*folders, "/usr/share/python-wheels", sys.argv[1]]:
    for wheel in sorted(glob.glob(os.path.join(folder, "pip-*.whl"))):
        print(wheel)
        sys.exit()
'

# from the archive the machine is configured for, whose signatures apt verifies; into a folder of ours, without root
pip_from_apt() {
  [ -z "$offline" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null || return 1
  say "fetching pip from the distribution's archive (its lists and python3-pip-whl, about 20 MB)"
  mkdir -p "$work/apt/lists/partial" "$work/apt/cache/archives/partial"
  watched apt_download >>"$log" 2>&1 || return 1
  pip_wheel=$(ls "$work"/apt/usr/share/python-wheels/pip-*.whl 2>>"$log")
}

apt_download() {
  cd "$work/apt" || return 1
  set -- -q -o "Dir::State::Lists=$work/apt/lists" -o "Dir::Cache=$work/apt/cache" -o Debug::NoLocking=1 -o APT::Sandbox::User=
  apt-get "$@" update </dev/null
  apt-get "$@" download python3-pip-whl </dev/null && dpkg-deb -x python3-pip-whl_*.deb .
}

# from the index that --mirror, PIP_INDEX_URL or pip's configuration files name; what pip asks by itself only pip knows
pip_from_index() {
  [ -z "$offline" ] || return 1
  pip_wheel=$(watched "$python" -I -c "$FETCH_PIP" "$(chosen_index)" "$work" </dev/null 2>>"$log") && return
  ! logged 'hash differs' || fail_with_log "pip from $(chosen_index)"
  return 1
}

FETCH_PIP='
import configparser, hashlib, json, os, pathlib, re, ssl, sys, urllib.parse, urllib.request
index, folder = sys.argv[1:]
home = pathlib.Path.home()
files = ["/etc/pip.conf", home / ".pip/pip.conf", home / ".config/pip/pip.conf", os.environ.get("PIP_CONFIG_FILE", "")]
config = configparser.RawConfigParser()
config.read([file for file in files if file], encoding="utf-8")
index = index or config.get("global", "index-url", fallback="")
if not index:
    sys.exit("no index is configured")
trust = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE") or None)
def get(url, accept="*/*"):
    asked = urllib.request.Request(url, headers={"Accept": accept, "User-Agent": "torch-doctor-bootstrap"})
    return urllib.request.urlopen(asked, timeout=30, context=trust).read()
page = index.rstrip("/") + "/pip/"
text = get(page, "application/vnd.pypi.simple.v1+json, text/html;q=0.1").decode()
if text.lstrip().startswith("{"):
    links = [(file["url"], file["hashes"].get("sha256", "")) for file in json.loads(text)["files"]]
else:
    links = re.findall(r"""href=["\x27]([^"\x27#]+)#sha256=([0-9a-f]{64})""", text)
final = re.compile(r"/pip-(\d+(?:\.\d+)*)-py3-none-any\.whl$")
wheels = [(tuple(map(int, m[1].split("."))), url, sha) for url, sha in links if (m := final.search("/" + url))]
_, url, sha = max(wheels)
body = get(urllib.parse.urljoin(page, url))
if hashlib.sha256(body).hexdigest() != sha:
    sys.exit("hash differs: " + url)
wheel = pathlib.Path(folder, url.rpartition("/")[2])
wheel.write_bytes(body)
print(wheel)
'

chosen_index() {
  case $mirror in '' | auto | official) echo "${PIP_INDEX_URL:-}" ;; *) mirror_index "$mirror" ;; esac
}

install() {
  case $installer in
    wheel) watched "$doctor_python" -I "$pip_wheel/pip" install --no-user --disable-pip-version-check "$@" </dev/null >>"$log" 2>&1 ;;
    module) watched "$python" -m pip --python "$doctor_python" install --no-user --disable-pip-version-check "$@" </dev/null >>"$log" 2>&1 ;;
    uv) watched "$uv" pip install --compile-bytecode --python "$doctor_python" "$@" </dev/null >>"$log" 2>&1 ;;
  esac
}

# --mirror: the index that pip and uv use from here on; `auto` keeps the configured one while it answers
choose_index() {
  case $mirror in
    '') return ;;
    official) unset PIP_INDEX_URL PIP_EXTRA_INDEX_URL UV_DEFAULT_INDEX UV_INDEX_URL && export PIP_CONFIG_FILE=/dev/null UV_NO_CONFIG=1 ;;
    auto) choose_answering_index ;;
    *) use_index "$(mirror_index "$mirror")" ;;
  esac
}

use_index() { export PIP_INDEX_URL="$1" UV_DEFAULT_INDEX="$1"; }

choose_answering_index() {
  [ -z "$offline" ] && ! index_answers || return 0
  for name in tuna aliyun ustc tencent nju huawei; do
    say "the configured package source does not answer; trying $name"
    use_index "$(mirror_index "$name")"
    ! index_answers || return 0
  done
  fail_with_log "no package source answers"
}

index_answers() {
  case $installer in
    uv) install --dry-run --no-deps packaging ;;
    *) install --dry-run --no-deps --timeout 10 --retries 0 packaging ;;
  esac
}

# --- hand over ------------------------------------------------------------------------------------------------------

torch_doctor() { PATH="$doctor_env/bin:$PATH" PYTHONDONTWRITEBYTECODE=1 watched "$doctor_python" -P -m doctor "$@" </dev/null; }

# before anything is installed: the driver and the machine, with the distribution's own commands where they are needed
check_machine() {
  if target=$(target_python); then
    torch_doctor check --python "$target"
    return
  fi
  say "--- the machine, before anything is installed"
  # 4: no PyTorch could be tried, for there is none yet
  torch_doctor check --python "$doctor_python" --fast --skip torch --skip install --skip packages || [ $? -eq 4 ]
}

prove() {
  target=$(target_python) || fail "the environment is missing" "run this again"
  say "--- check"
  torch_doctor check --python "$target" || { forget setup && fail "PyTorch is installed, but the check does not find it sound" "the reason is shown above"; }
  if ! is_done recipes "$target"; then
    begin_changes
    say "--- quick recipes"
    torch_doctor run-recipes --quick --python "$target" || fail "a recipe failed" "explain its error with 'torch-doctor explain FILE'"
    mark recipes "$target"
  fi
  ! is_done lock "$target" || return 0
  begin_changes
  mkdir -p "$data/locks"
  torch_doctor lock --python "$target" --output "$data/locks" || fail "the lock could not be written"
  mark lock "$target"
}

setup() {
  setup_key="$env_folder $conda_name $lock_file"
  if is_done setup "$setup_key" && target_python >/dev/null; then return; fi
  begin_changes
  forget setup recipes lock
  mark environment "$env_folder"
  set -- --yes
  if [ -n "$conda_name" ]; then set -- "$@" --conda "$conda_name"; else set -- "$@" --env "$env_folder"; fi
  if [ -n "$lock_file" ]; then set -- "$@" --from "$lock_file"; elif [ -z "$conda_name" ]; then set -- "$@" --python "$python"; fi
  [ -z "$offline" ] || set -- "$@" --offline "$offline"
  say "--- setup"
  [ -z "$conda" ] || PATH="$(dirname "$conda"):$PATH"
  torch_doctor setup "$@" || fail "the environment could not be created" "fix what is reported above and run this again: it continues from what is already downloaded"
  mark setup "$setup_key"
  mark recipes "$(target_python)" # setup ends with the check and the quick recipes
}

# uv's cache links its files into the environment; without one of the user's it lies, and goes, with our folder
own_cache() {
  [ -n "${UV_CACHE_DIR:-}" ] || [ -d "${XDG_CACHE_HOME:-$HOME/.cache}/uv" ] || export UV_CACHE_DIR="$data/cache/uv"
  [ -n "${PIP_CACHE_DIR:-}" ] || [ -d "${XDG_CACHE_HOME:-$HOME/.cache}/pip" ] || export PIP_CACHE_DIR="$data/cache/pip"
}

target_python() {
  if [ -z "$conda_name" ]; then
    ls "$env_folder/bin/python" 2>/dev/null
  else
    ls "$("${conda:-conda}" info --base)/envs/$conda_name/bin/python" 2>/dev/null
  fi
}

tomorrow() {
  say "Done. From now on:"
  if [ -n "$conda_name" ]; then echo "  conda activate $conda_name"; else echo "  . '$env_folder/bin/activate'"; fi
  echo "  '$doctor_env/bin/torch-doctor' check"
  echo "  '$doctor_env/bin/torch-doctor' run-recipes"
}

# --- uninstall --------------------------------------------------------------------------------------------------------

uninstall() {
  [ -d "$data" ] || { say "nothing to remove: there is no $data" && return; }
  inside=yes
  case $env_folder in "$data"/*) ;; *) [ ! -d "$env_folder" ] || inside=no ;; esac
  say "removing $data"
  [ "$inside" = yes ] || ! mark_of setup >/dev/null || say "removing $env_folder"
  agree
  end_leftover "$(cat "$data/lock/child" 2>/dev/null)"
  if [ "$inside" = no ] && mark_of setup >/dev/null; then rm -rf "$env_folder"; fi
  rm -rf "$data" || fail "not everything could be removed from $data"
  remove_empty_parents
  say "what remains: configuration that 'torch-doctor mirrors' or 'fix' wrote, with its journal, and conda environments"
}

main() {
  work='' half='' child='' log=/dev/null
  # what would put our packages elsewhere, or other packages among them
  unset PIP_USER PIP_TARGET PIP_PREFIX PIP_ROOT PIP_REQUIRE_VIRTUALENV PYTHONPATH PYTHONHOME
  parse_options "$@"
  look
  case $mode in
    print) print_facts && return ;;
    uninstall) uninstall && return ;;
  esac
  show_plan
  [ "$mode" != dry-run ] || { say "nothing was done (--dry-run)" && return; }
  trap tidy EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  [ -n "$(mark_of setup)" ] || agree
  own_cache
  make_doctor
  cd "$data" || fail "$data is gone" "run this again" # another `doctor` in the folder we were started in is none of its
  if [ "$mode" = check-only ]; then
    check_machine
    return
  fi
  is_done setup "$env_folder $conda_name $lock_file" || check_machine || :
  setup
  prove
  tomorrow
}

main "$@"
