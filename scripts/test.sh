#!/usr/bin/env bash
# Everything the tests need, then the tests: formatting, lint, types, shell scripts, unit tests, heavy tests.
#   bash scripts/test.sh            all of it
#   bash scripts/test.sh --quick    without the heavy tests
#   bash scripts/test.sh -- ARGS    ARGS go to pytest
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${DOCTOR_TEST_VENV:-$root/.cache/test-venv}
bin=$venv/bin

find_python() {
  local name
  for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3 python; do
    if "$name" -c 'import sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      command -v "$name"
      return 0
    fi
  done
  echo "scripts/test.sh: Python 3.11 or newer is needed; set PYTHON to one" >&2
  return 1
}

install_system() {
  # a C compiler builds the stand-in NVML library, the shells read what is written for them, Wine runs a Python for
  # Windows; without root the tests that need what is missing are skipped and say so, or fail where CI is set
  local missing=() wine=() tool
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  for tool in debootstrap curl openssl perl wget zsh fish busybox; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if [ "$(uname -m)" = x86_64 ] && ! { command -v wine && command -v x86_64-w64-mingw32-gcc-win32; } >/dev/null; then
    wine=(wine wine64 gcc-mingw-w64-x86-64-win32)
  fi
  if ((${#missing[@]} + ${#wine[@]})) && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq
    export DEBIAN_FRONTEND=noninteractive
    ((${#missing[@]} == 0)) || apt-get install -y -qq "${missing[@]}" >/dev/null
    # what Wine recommends is several times as large, and none of it is needed
    ((${#wine[@]} == 0)) || apt-get install -y -qq --no-install-recommends "${wine[@]}" >/dev/null
  fi
}

install() {
  local python=$1
  [ -e "$venv/pyvenv.cfg" ] || "$python" -m venv "$venv"
  [ -d "$venv/bin" ] || bin=$venv/Scripts # on Windows
  "$bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
  "$bin/python" -m pip install --quiet --disable-pip-version-check --group "$root/pyproject.toml:dev" --editable "$root"
}

static() {
  "$bin/ruff" format --check .
  "$bin/ruff" check .
  "$bin/mypy"
  "$bin/lint-imports" --no-logo --cache-dir .cache/import-linter
  "$bin/python" scripts/generate_docs.py --check
  "$bin/shellcheck" scripts/*.sh .ci/run
  "$bin/shfmt" --diff --indent 2 --case-indent scripts/*.sh .ci/run
}

main() {
  local mark=() pass=()
  while (($#)); do
    case $1 in
      --quick) mark=(-m "not heavy") ;;
      --)
        shift
        pass=("$@")
        break
        ;;
      *)
        echo "scripts/test.sh: unknown option $1" >&2
        return 2
        ;;
    esac
    shift
  done
  cd "$root"
  install_system
  install "$(find_python)"
  export PATH="$bin:$PATH"
  static
  # more than the two cores that CI has: many tests wait for other programs. A worker takes a whole file: its tests
  # share what is made once, and handing out each of thousands by itself costs a minute
  "$bin/python" -m pytest -n "${DOCTOR_TEST_JOBS:-4}" --dist loadfile --no-loadscope-reorder -q ${mark[@]+"${mark[@]}"} ${pass[@]+"${pass[@]}"}
}

main "$@"
