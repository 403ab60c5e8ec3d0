#!/bin/sh
# From a fresh machine to a proven PyTorch on Linux, WSL and macOS, without root. This only brings a Python that can run
# torch-doctor, and starts doctor/bootstrap with the words as they are; scripts/bootstrap.ps1 does the same on Windows.
set -u
[ -z "${ZSH_VERSION:-}" ] || emulate sh
UV_VERSION=0.12.5 # of 2026-08-20, with the SHA-256 of its files from astral-sh/setup-uv's list
MODES='check-only dry-run print uninstall help'
VALUES='env conda mirror from offline source accelerator'
EXCLUDE='conda+env conda+from conda+offline from+offline from+accelerator'
MIRRORS='auto official tuna bfsu ustc sjtu nju sustech pku aliyun tencent huawei'
ACCELERATORS='auto cuda rocm xpu mps cpu'
FOLDER='name another folder with the variable TORCH_DOCTOR_HOME'
WAYS='install Python 3.11 or newer (from Debian 12 and Ubuntu 24.04 on: sudo apt install python3), and run this again; or
        set HTTPS_PROXY if a proxy is needed, or TORCH_DOCTOR_RELEASES to a mirror of https://github.com'
CHECKSUMS='uv-x86_64-unknown-linux-gnu.tar.gz 68a509da24b06b4223a1c0175fb5eb5bc79342b76cbeff0cfe51ac3f5b17b6b2
uv-x86_64-unknown-linux-musl.tar.gz a4742988791c9aeae68c78150d6cba762062ad2a47e53738c2779d2b596bfcdb
uv-aarch64-unknown-linux-gnu.tar.gz 9bf43b4d1a07665bf64d4c4e710930b382321a785e0eb10aac07f46471f86a31
uv-aarch64-unknown-linux-musl.tar.gz 8767a0e77f2cd45436401b1b42bf7e9ed5a4a91a74a5305d6fe93249d0f6dbc5
uv-x86_64-apple-darwin.tar.gz b3b2137477cf96c9686ebfb71524614cec780c673fd73e59bce099aef02e70e8
uv-aarch64-apple-darwin.tar.gz 5bb0e5fe008a773c3dbcb97ff79cd89e1241464fe9d2f986d52ad8f1b037bd62'
PROBE='import sys, ssl, venv, zlib, ctypes; sys.version_info < (3, 11) and sys.exit(1); print(sys.executable)'
# Starts the body out of a folder, a wheel, a folder of wheels, or a URL that ends in #sha256=; with -S, so that no other
# torch-doctor is found. The same text in both scripts, so without double quotes, dollars and backticks.
STARTER="
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
"
say() { printf '%s\n' "$*" >&2; }
wrong() { say "bootstrap: $1; --help lists the options" && exit 2; }
is_in() { case " $2 " in *" $1 "*) ;; *) return 1 ;; esac }
has_terminal() { [ -t 2 ] && (: </dev/tty) 2>/dev/null; }
fail() { say "bootstrap: $1" && say "  next: $2" && exit 1; }

# WORDS…: what cannot be followed ends with 2 before anything is done
read_words() {
  mode=all yes=no offline='' source=${TORCH_DOCTOR_SOURCE:-} given=''
  while [ $# -gt 0 ]; do
    word=${1%%=*} && case $1 in --*=*) ! is_in "${word#--}" "$VALUES" || { value=${1#*=} && shift && set -- "$word" "$value" "$@"; } ;; esac
    case $1 in -h | '-?') name=help ;; --*) name=${1#--} ;; *) name='' ;; esac
    case $name in '' | *[!a-z-]*) wrong "unknown option $1" ;; esac
    ! is_in "$name" "$given" || wrong "--$name is there twice"
    given="$given $name"
    if is_in "$name" "$VALUES"; then
      case ${2:-} in *[[:cntrl:]]*) wrong "the value of --$name holds a control character" ;; -*) wrong "--$name needs a value" ;; esac
      case $name:${2:-} in
        mirror:http://* | mirror:https://*) ;;
        mirror:?*) is_in "$2" "$MIRRORS" || wrong "no mirror is called $2 (there are $MIRRORS)" ;;
        accelerator:?*) is_in "$2" "$ACCELERATORS" || wrong "--accelerator is one of $ACCELERATORS, not $2" ;;
        from:?*) [ -f "$2" ] || wrong "there is no file $2" ;;
        offline:?*) if [ -d "$2" ]; then offline=$2; else wrong "there is no folder $2"; fi ;;
        source:?*) source=$2 ;;
        *:*[![:space:]]*) ;;
        *) wrong "--$name needs a value" ;;
      esac && shift
    elif is_in "$name" "$MODES"; then
      [ "$mode" = all ] || wrong "--$mode excludes --$name"
      mode=$name
    elif [ "$name" != allow-larger-build ]; then
      [ "$name" = yes ] || wrong "unknown option $1"
      yes=yes
    fi
    shift
  done
  for pair in $EXCLUDE; do
    ! is_in "${pair%+*}" "$given" || ! is_in "${pair#*+}" "$given" || wrong "--${pair%+*} excludes --${pair#*+}"
  done
  case $source in
    http://*'#sha256='* | https://*'#sha256='* | '') ;;
    http://* | https://*) wrong "--source URL needs the file's checksum at its end, #sha256=…, as sha256sum shows it for a file that you trust" ;;
    *) [ -e "$source" ] || wrong "there is no $source" ;;
  esac
}

# Where torch-doctor itself is: as named, in the folder of --offline, the checkout of this file (not of a pipe), installed
find_source() {
  [ -n "$source" ] || ! ls "$offline"/torch_doctor-*.whl >/dev/null 2>&1 || source=$offline
  case ${0##*/} in *.sh) own=$(dirname "$0")/.. ;; *) own=/nowhere ;; esac
  for folder in "$own" "$data"/doctor/lib/python3*/site-packages; do
    [ -z "$source" ] && [ -d "$folder/doctor/bootstrap" ] || continue
    case $folder in "$data"*) source=$folder ;; *) ! grep -qs '^name = "torch-doctor"' "$folder/pyproject.toml" || source=$folder ;; esac
  done
  [ -n "$source" ] || fail "torch-doctor itself is missing: this is not a checkout of it" "run it from a checkout, or give --source FOLDER|WHEEL|URL"
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

# COMMAND…: for ten seconds; macOS has no `timeout`
limited() {
  if command -v timeout >/dev/null; then
    timeout -s KILL 10 "$@" </dev/null 2>/dev/null
    return
  fi
  "$@" </dev/null 2>/dev/null &
  asked=$!
  { sleep 10 && kill -9 "$asked"; } >/dev/null 2>&1 &
  wait "$asked" && asked=0 || asked=1
  kill "$!"
  return "$asked"
}

# Where there is no Python: uv, the one that is there or that of its release, and a Python of its own
fetch_python() {
  say "there is no Python 3.11 or newer here: uv $UV_VERSION, its Python and torch-doctor (120 MB to download) go to $data"
  case $mode in uninstall) fail "nothing was removed" "remove the folder $data yourself" ;; dry-run | print | help) say "nothing was done (--$mode)" && exit 0 ;; esac
  if [ "$yes" = no ] && has_terminal; then
    printf 'Continue? [Y/n] ' >&2
    read -r answer </dev/tty || answer=n
    case $answer in '' | [Yy]*) export TORCH_DOCTOR_AGREED=yes ;; *) fail "nothing was done, as you asked" "run this again when you like" ;; esac
  fi
  claim
  uv=$(command -v uv) || { uv=$data/uv/uv && { [ -x "$uv" ] || fetch_uv; }; }
  export TORCH_DOCTOR_UV="$uv" UV_PYTHON_INSTALL_DIR="$data/python"
  [ -z "${TORCH_DOCTOR_RELEASES:-}" ] || export UV_PYTHON_INSTALL_MIRROR="$TORCH_DOCTOR_RELEASES/astral-sh/python-build-standalone/releases/download"
  [ -n "${UV_CACHE_DIR:-}" ] || [ -d "${XDG_CACHE_HOME:-$HOME/.cache}/uv" ] || export UV_CACHE_DIR="$data/cache/uv"
  say "fetching uv's own Python 3.13"
  { with_us "$uv" python install --no-bin 3.13 </dev/null >&2 && python=$("$uv" python find --managed-python 3.13); } ||
    fail "uv's own Python 3.13 cannot be had" "$WAYS"
}

# Make the folder ours, with the marker that the body looks for; what is not needed in it goes when this ends early
claim() {
  case ${data%/} in '' | "${HOME%/}" | /.local/share/torch-doctor) fail "$data is not a folder for torch-doctor alone" "$FOLDER" ;; esac
  [ -f "$data/torch-doctor.json" ] || [ -z "$(ls -A "$data" 2>/dev/null)" ] || fail "$data holds files that torch-doctor did not make" "$FOLDER"
  trap tidy EXIT && trap 'exit 130' INT && trap 'exit 143' TERM && trap 'exit 129' HUP
  { mkdir -p "$data/work" && printf '{\n "made_by": "torch-doctor",\n "layout": 1\n}' >"$data/torch-doctor.json"; } 2>/dev/null || fail "$data cannot be written to" "$FOLDER"
}

with_us() {
  "$@" &
  running=$! && wait "$running"
} # a signal is heeded at once, not when the command has ended
tidy() {
  { [ -z "${running:-}" ] || kill "$running" 2>/dev/null || :; } && rm -rf "$data/work"
  [ "$(ls -A "$data" 2>/dev/null)" = torch-doctor.json ] && rm "$data/torch-doctor.json" && rmdir "$data" || return 0
  [ "$data" != "$HOME/.local/share/torch-doctor" ] || rmdir "$HOME/.local/share" "$HOME/.local" 2>/dev/null
}

fetch_uv() {
  [ -n "$(sha256 /dev/null)" ] || fail "there is no checksum tool, and nothing is run without verification" "install sha256sum (coreutils), shasum (perl) or openssl"
  case $(uname -s) in Darwin) file=apple-darwin ;; *) file=unknown-linux-$(getconf GNU_LIBC_VERSION >/dev/null 2>&1 && echo gnu || echo musl) ;; esac
  file=uv-$(uname -m | sed 's/arm64/aarch64/; s/amd64/x86_64/')-$file.tar.gz
  wanted=$(echo "$CHECKSUMS" | sed -n "s/^$file //p" | grep .) || fail "there is no $file for this machine" "$WAYS"
  url=${TORCH_DOCTOR_RELEASES:-https://github.com}/astral-sh/uv/releases/download/$UV_VERSION/$file
  download "$url" "$data/work/$file" || fail "there is no Python 3.11 or newer here, and $url could not be fetched" "$WAYS"
  [ "$(sha256 "$data/work/$file")" = "$wanted" ] || fail "$file has the wrong checksum: it is not $wanted" "it was not run; try again, or from another network"
  { rm -rf "$data/uv" && mkdir "$data/work/uv" && tar -xzf "$data/work/$file" -C "$data/work/uv" --strip-components 1 &&
    mv "$data/work/uv" "$data/uv"; } || fail "uv could not be unpacked" "is the disk full? run this again"
}

# URL FILE: with what the machine has; apt's helper is there even on a Debian without curl and wget
download() {
  bar=$([ -t 2 ] && echo -# || echo -sS) helper=/usr/lib/apt/apt-helper && say "fetching $url"
  if command -v curl >/dev/null; then set -- curl -fL "$bar" --retry 2 --connect-timeout 15 --speed-limit 1000 --speed-time 30 -o "$2" "$1"; fi
  if [ $# = 2 ] && command -v wget >/dev/null; then set -- wget -nv --tries 2 --timeout 30 -O "$2" "$1"; fi
  if [ $# = 2 ] && [ -x $helper ]; then set -- $helper -o Acquire::Retries=1 -o Acquire::https::Timeout=30 download-file "$1" "$2"; fi
  [ $# != 2 ] || fail "there is no tool to download with" "install curl or wget"
  with_us "$@" >&2
}
sha256() { { sha256sum "$1" || shasum -a 256 "$1" || openssl dgst -sha256 -r "$1"; } 2>/dev/null | cut -d ' ' -f 1; }

main() {
  read_words "$@"
  HOME=${HOME:-} data=${TORCH_DOCTOR_HOME:-${XDG_DATA_HOME:-${HOME:-}/.local/share}/torch-doctor} && export TORCH_DOCTOR_SHELL=sh
  case $data in /*) ;; \~/*) data=$HOME/${data#\~/} ;; *) data=$PWD/$data ;; esac
  find_source
  find_python || fetch_python
  if has_terminal; then exec </dev/tty; else exec </dev/null; fi
  exec "$python" -I -S -B -X utf8 -c "$STARTER" "$source" "$@"
}

main "$@"
