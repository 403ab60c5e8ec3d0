#!/bin/sh
# From a fresh machine to a proven PyTorch on Linux, WSL and macOS, without root. This only brings a Python that can run
# torch-doctor and starts doctor/bootstrap with the words as they are; scripts/bootstrap.ps1 does the same on Windows.
#   bash scripts/bootstrap.sh --yes          --help lists the options
set -u
[ -z "${ZSH_VERSION:-}" ] || emulate sh

UV_VERSION=0.12.5
RELEASES=https://github.com
MODES='check-only dry-run print uninstall help'
VALUES='env conda mirror from offline source accelerator'
EXCLUDE='conda+env conda+from conda+offline from+offline from+accelerator'
MIRRORS='auto official tuna bfsu ustc sjtu nju sustech pku aliyun tencent huawei'
ACCELERATORS='auto cuda rocm xpu mps cpu'

# SHA-256 of the files of uv's release: astral-sh/setup-uv's list of 2026-08-20.
known_checksum() {
  case $1 in
    uv-x86_64-unknown-linux-gnu.tar.gz) echo 68a509da24b06b4223a1c0175fb5eb5bc79342b76cbeff0cfe51ac3f5b17b6b2 ;;
    uv-x86_64-unknown-linux-musl.tar.gz) echo a4742988791c9aeae68c78150d6cba762062ad2a47e53738c2779d2b596bfcdb ;;
    uv-aarch64-unknown-linux-gnu.tar.gz) echo 9bf43b4d1a07665bf64d4c4e710930b382321a785e0eb10aac07f46471f86a31 ;;
    uv-aarch64-unknown-linux-musl.tar.gz) echo 8767a0e77f2cd45436401b1b42bf7e9ed5a4a91a74a5305d6fe93249d0f6dbc5 ;;
    uv-x86_64-apple-darwin.tar.gz) echo b3b2137477cf96c9686ebfb71524614cec780c673fd73e59bce099aef02e70e8 ;;
    uv-aarch64-apple-darwin.tar.gz) echo 5bb0e5fe008a773c3dbcb97ff79cd89e1241464fe9d2f986d52ad8f1b037bd62 ;;
    *) return 1 ;;
  esac
}

PROBE='import sys, ssl, venv, zlib, ctypes; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)'
# Starts the body out of a folder, a wheel, or a URL that ends in #sha256=. The same text in both scripts, so without
# double quotes, dollars and backticks.
STARTER="
import glob, hashlib, http.client, os, re, runpy, sys, tempfile, urllib.parse, urllib.request
def stop(what, step):
    sys.exit('bootstrap: ' + what + '\n  next: ' + step)
def fetch(url, wanted, folder):
    try:
        with urllib.request.urlopen(url, timeout=30) as answer:
            content = answer.read()
    except (OSError, ValueError, http.client.HTTPException) as error:
        stop(url + ' could not be fetched: ' + str(error), 'set HTTPS_PROXY if a proxy is needed, and run this again')
    if hashlib.sha256(content).hexdigest() != wanted.lower():
        stop(url + ' has the wrong checksum', 'it was not run; ask where you got the address from')
    file = os.path.join(folder, urllib.parse.unquote(urllib.parse.urlsplit(url).path).rpartition('/')[2])
    with open(file, 'wb') as out:
        out.write(content)
    return file
def newest(folder):
    wheels = glob.glob(os.path.join(glob.escape(folder), 'torch_doctor-*.whl'))
    return max(wheels, key=lambda file: [int(number) for number in re.findall('[0-9]+', os.path.basename(file))], default=folder)
def start(source):
    sys.path.insert(0, source if os.path.isdir(os.path.join(source, 'doctor')) else newest(source))
    try:
        import doctor.bootstrap
    except ImportError as error:
        stop('torch-doctor itself is missing: ' + source + ': ' + str(error), 'give another --source: a checkout of it, or a wheel')
    runpy.run_module('doctor.bootstrap', run_name='__main__', alter_sys=True)
url, _, wanted = sys.argv.pop(1).partition('#sha256=')
if wanted:
    with tempfile.TemporaryDirectory() as folder:
        start(fetch(url, wanted, folder))
start(os.path.abspath(url))
"

say() { printf '%s\n' "$*" >&2; }

# WHAT NEXT: stop with what is in the way and what to do about it
fail() {
  say "bootstrap: $1"
  say "  next: $2"
  exit 1
}

wrong_usage() {
  say "bootstrap: $1; --help lists the options"
  exit 2
}

# WORD LIST
is_in() { case " $2 " in *" $1 "*) ;; *) return 1 ;; esac }

# WORDS…: what cannot be followed ends with 2 before anything is done
read_words() {
  mode=all yes=no offline='' source=${TORCH_DOCTOR_SOURCE:-} given=''
  while [ $# -gt 0 ]; do
    case $1 in -h | '-?') name=help ;; --*) name=${1#--} ;; *) name='' ;; esac
    case $name in '' | *[!a-z-]*) wrong_usage "unknown option $1" ;; esac
    ! is_in "$name" "$given" || wrong_usage "--$name is there twice"
    given="$given $name"
    if is_in "$name" "$VALUES"; then
      case ${2:-} in '' | -*) wrong_usage "--$name needs a value" ;; *[[:cntrl:]]*) wrong_usage "the value of --$name holds a control character" ;; esac
      read_value "$name" "$2"
      shift
    elif is_in "$name" "$MODES"; then
      [ "$mode" = all ] || wrong_usage "--$mode excludes --$name"
      mode=$name
    else
      [ "$name" = yes ] || wrong_usage "unknown option $1"
      yes=yes
    fi
    shift
  done
  for pair in $EXCLUDE; do
    ! is_in "${pair%+*}" "$given" || ! is_in "${pair#*+}" "$given" || wrong_usage "--${pair%+*} excludes --${pair#*+}"
  done
  case $source in
    http://*'#sha256='* | https://*'#sha256='* | '') ;;
    http://* | https://*) wrong_usage "--source URL needs the file's checksum at its end: #sha256=…" ;;
    *) [ -e "$source" ] || wrong_usage "there is no $source" ;;
  esac
}

# NAME VALUE
read_value() {
  case $2 in *[![:space:]]*) ;; *) wrong_usage "--$1 needs a value" ;; esac
  case $1 in
    mirror) case $2 in http://* | https://*) ;; *) is_in "$2" "$MIRRORS" || wrong_usage "no mirror is called $2 (there are $MIRRORS)" ;; esac ;;
    accelerator) is_in "$2" "$ACCELERATORS" || wrong_usage "--accelerator is one of $ACCELERATORS, not $2" ;;
    from) [ -f "$2" ] || wrong_usage "there is no file $2" ;;
    offline) [ -d "$2" ] && offline=$2 || wrong_usage "there is no folder $2" ;;
    source) source=$2 ;;
  esac
}

# Where torch-doctor itself is: as named, in the folder of --offline, the checkout of this script or around us, installed
find_source() {
  [ -n "$source" ] || ! ls "$offline"/torch_doctor-*.whl >/dev/null 2>&1 || source=$offline
  for folder in "$(dirname "$0")/.." .; do
    if [ -z "$source" ] && grep -qs '^name = "torch-doctor"' "$folder/pyproject.toml"; then source=$folder; fi
  done
  for folder in "$data"/doctor/lib/python3*/site-packages; do
    if [ -z "$source" ] && [ -d "$folder/doctor/bootstrap" ]; then source=$folder; fi
  done
  [ -n "$source" ]
}

# An interpreter that can make environments and speak TLS. macOS' /usr/bin/python3 opens a dialog without its tools.
find_python() {
  conda=$(command -v conda || command -v mamba || command -v micromamba) || conda=/nowhere
  for name in "${PYTHON:-}" python3.14 python3.13 python3.12 python3.11 python3 python python3.15 "$data"/python/*/bin/python3 \
    "$data/miniforge/bin/python" "$(dirname "$conda")/python" "$(dirname "$(dirname "$conda")")/bin/python"; do
    path=$(command -v "${name:-none}") || continue
    [ "$(uname -s) $path" != "Darwin /usr/bin/python3" ] || xcode-select -p >/dev/null 2>&1 || continue
    # as it names itself: a shim of pyenv's leads elsewhere in another folder
    python=$(limited "$path" -I -c "$PROBE") && [ -n "$python" ] && return
  done
  return 1
}

# COMMAND…: for ten seconds; `timeout` is missing on macOS
limited() {
  if command -v timeout >/dev/null; then
    timeout -s KILL 10 "$@" </dev/null 2>/dev/null
    return
  fi
  "$@" </dev/null 2>/dev/null &
  asked=$!
  { sleep 10 && kill -9 "$asked"; } >/dev/null 2>&1 &
  wait "$asked"
  ended=$?
  kill "$!" 2>/dev/null
  return $ended
}

# --- a Python of uv's, where there is none --------------------------------------------------------------------------

fetch_python() {
  uv=$(command -v uv) || uv=$data/uv/uv
  [ "$mode" != uninstall ] || fail "there is no Python 3.11 or newer here to uninstall with" "remove the folder $data yourself"
  say "there is no Python 3.11 or newer here: uv $UV_VERSION, its own Python and torch-doctor (about 120 MB to download) go to $data"
  [ "$mode" != dry-run ] || { say "nothing was done (--dry-run)" && exit 0; }
  agree
  trap tidy EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  claim
  [ -x "$uv" ] || fetch_uv
  export TORCH_DOCTOR_UV="$uv" UV_PYTHON_INSTALL_DIR="$data/python"
  [ -z "${TORCH_DOCTOR_RELEASES:-}" ] ||
    export UV_PYTHON_INSTALL_MIRROR="$TORCH_DOCTOR_RELEASES/astral-sh/python-build-standalone/releases/download"
  [ -n "${UV_CACHE_DIR:-}" ] || [ -d "${XDG_CACHE_HOME:-${HOME:-}/.cache}/uv" ] || export UV_CACHE_DIR="$data/cache/uv"
  say "fetching uv's own Python 3.13"
  "$uv" python install --no-bin 3.13 </dev/null >&2 && python=$("$uv" python find --managed-python 3.13) ||
    fail "uv's own Python 3.13 cannot be had" "$(other_ways)"
}

has_terminal() { [ -t 2 ] && (: </dev/tty) 2>/dev/null; }

agree() {
  [ "$yes" = no ] && has_terminal || return 0
  printf 'Continue? [Y/n] ' >&2
  read -r answer </dev/tty || answer=n
  case $answer in '' | [Yy]*) export TORCH_DOCTOR_AGREED=yes ;; *) fail "nothing was done, as you asked" "run this again when you like" ;; esac
}

# Make the folder ours, with the marker that the body looks for
claim() {
  other="name another folder with the variable TORCH_DOCTOR_HOME"
  case ${data%/} in '' | "${HOME%/}") fail "$data is not a folder for torch-doctor alone" "$other" ;; esac
  [ -f "$data/torch-doctor.json" ] || [ -z "$(ls -A "$data" 2>/dev/null)" ] ||
    fail "$data holds files that torch-doctor did not make" "$other"
  { mkdir -p "$data/work" && printf '{\n "made_by": "torch-doctor",\n "layout": 1\n}' >"$data/torch-doctor.json"; } 2>/dev/null ||
    fail "$data cannot be written to" "$other"
}

tidy() {
  rm -rf "$data/work"
  [ "$(ls -A "$data")" = torch-doctor.json ] || return 0
  rm -f "$data/torch-doctor.json"
  rmdir "$data"
  [ "$data" != "$HOME/.local/share/torch-doctor" ] || rmdir "$HOME/.local/share" "$HOME/.local" 2>/dev/null
}

fetch_uv() {
  command -v sha256sum >/dev/null || command -v shasum >/dev/null || command -v openssl >/dev/null ||
    fail "there is no checksum tool, and nothing is run without verification" "install sha256sum (coreutils), shasum (perl) or openssl"
  arch=$(uname -m)
  case $arch in arm64) arch=aarch64 ;; amd64) arch=x86_64 ;; esac
  case $(uname -s) in Darwin) file=uv-$arch-apple-darwin.tar.gz ;; *) file=uv-$arch-unknown-linux-$(getconf GNU_LIBC_VERSION >/dev/null 2>&1 && echo gnu || echo musl).tar.gz ;; esac
  wanted=$(known_checksum "$file") || fail "there is no $file for this machine" "$(other_ways)"
  url=${TORCH_DOCTOR_RELEASES:-$RELEASES}/astral-sh/uv/releases/download/$UV_VERSION/$file
  say "fetching $url"
  download "$url" "$data/work/$file" || fail "there is no Python 3.11 or newer here, and $url could not be fetched" "$(other_ways)"
  got=$(sha256 "$data/work/$file")
  [ "$got" = "$wanted" ] || fail "$file has the wrong checksum: $got instead of $wanted" "it was not run; try again, or from another network"
  rm -rf "$data/uv"
  { mkdir "$data/work/uv" && tar -xzf "$data/work/$file" -C "$data/work/uv" --strip-components 1 && mv "$data/work/uv" "$data/uv"; } ||
    fail "uv could not be unpacked" "is the disk full? run this again"
}

# URL FILE: with what the machine has; apt's helper is there even on a Debian without curl and wget
download() {
  if command -v curl >/dev/null; then
    curl -fL "$([ -t 2 ] && echo -# || echo -sS)" --retry 2 --connect-timeout 15 --speed-limit 1000 --speed-time 30 -o "$2" "$1" >&2
  elif command -v wget >/dev/null; then
    wget -nv --tries 2 --timeout 30 -O "$2" "$1" >&2
  elif [ -x /usr/lib/apt/apt-helper ]; then
    /usr/lib/apt/apt-helper -o Acquire::Retries=1 -o Acquire::https::Timeout=30 download-file "$1" "$2" >&2
  else
    fail "there is no tool to download with" "install curl or wget"
  fi
}

sha256() {
  { sha256sum "$1" || shasum -a 256 "$1" || openssl dgst -sha256 -r "$1"; } 2>/dev/null | cut -d ' ' -f 1
}

other_ways() {
  case $(cat /etc/os-release 2>/dev/null) in
    *[Dd]ebian* | *[Uu]buntu*) say_first="sudo apt install python3 (it is new enough from Debian 12 and Ubuntu 24.04 on)" ;;
    *) say_first="install Python 3.11 or newer with the system's package manager" ;;
  esac
  printf '%s, and run this again; or\n        %s' "$say_first" \
    "set HTTPS_PROXY if a proxy is needed, or TORCH_DOCTOR_RELEASES to a mirror of $RELEASES"
}

main() {
  read_words "$@"
  data=${TORCH_DOCTOR_HOME:-${XDG_DATA_HOME:-${HOME:-}/.local/share}/torch-doctor}
  find_source || fail "torch-doctor itself is missing: this is not a checkout of it" "run it from a checkout, or give --source FOLDER|WHEEL|URL"
  find_python || fetch_python
  export TORCH_DOCTOR_SHELL=sh
  if has_terminal; then exec </dev/tty; else exec </dev/null; fi
  exec "$python" -I -B -X utf8 -c "$STARTER" "$source" "$@"
}

main "$@"
