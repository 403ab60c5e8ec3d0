#!/usr/bin/env bash
# Everything the tests need, then the tests: formatting, lint, types, shell scripts, unit tests, heavy tests.
#   bash scripts/test.sh            all of it
#   bash scripts/test.sh --quick    without the heavy tests
#   bash scripts/test.sh -- ARGS    ARGS go to pytest
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
venv=${DOCTOR_TEST_VENV:-$root/.cache/test-venv}

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
  # a C compiler builds the stand-in NVML library; without root the tests that need what is missing are skipped and
  # say so, or fail where CI is set
  local missing=() tool
  command -v gcc >/dev/null || missing+=(gcc libc6-dev)
  for tool in debootstrap curl openssl perl; do
    command -v "$tool" >/dev/null || missing+=("$tool")
  done
  if ((${#missing[@]})) && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  fi
}

install() {
  local python=$1
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --group "$root/pyproject.toml:dev" --editable "$root"
}

static() {
  "$venv/bin/ruff" format --check .
  "$venv/bin/ruff" check .
  "$venv/bin/mypy"
  "$venv/bin/lint-imports" --no-logo --cache-dir .cache/import-linter
  "$venv/bin/python" scripts/generate_docs.py --check
  "$venv/bin/shellcheck" scripts/*.sh .ci/run
  "$venv/bin/shfmt" --diff --indent 2 --case-indent scripts/*.sh .ci/run
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
  export PATH="$venv/bin:$PATH"
  static
  # more than the two cores that CI has: many tests wait for other programs. A worker takes a whole file: its tests
  # share what is made once, and handing out each of thousands by itself costs a minute
  "$venv/bin/python" -m pytest -n "${DOCTOR_TEST_JOBS:-3}" --dist loadfile --no-loadscope-reorder -q "${mark[@]}" "${pass[@]}"
}

main "$@"
