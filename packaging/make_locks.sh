#!/bin/sh
# Makes requirements.lock (what the app needs) and requirements-dev.lock (that, and what the tests
# need). Both name exact versions with hashes for every system, and no index addresses.
# Usage: packaging/make_locks.sh PYTHON   (run by `make lock`)
set -eu
cd "$(dirname "$0")/.."
PYTHON=${1:-python3}
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT INT TERM
"$PYTHON" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check uv

compile() { # compile OUTPUT EXPLANATION OPTIONS...
  out=$1 words=$2
  shift 2
  "$tools/bin/uv" pip compile pyproject.toml packaging/build-backend.in "$@" \
    --universal --python-version 3.11 --generate-hashes --strip-extras \
    --no-emit-index-url --no-emit-find-links --no-header --upgrade --quiet -o "$tools/lock"
  {
    echo "# $words Written by \`make lock\`: change pyproject.toml and run that."
    echo "# Installed with --require-hashes. Markers cover Linux, macOS and Windows, Python 3.11 on."
    cat "$tools/lock"
  } >"$out"
  echo "wrote $out: $(grep -c '==' "$out") packages"
}

compile requirements.lock "What the app needs to run, speech and its build backend included." \
  --extra speech
compile requirements-dev.lock "What the app and its tests need." \
  --extra speech --extra dev --constraint requirements.lock
