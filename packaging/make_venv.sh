#!/bin/sh
# Finds Python 3.11 or newer and makes a virtual environment with it, unless a working one is there.
# Usage: packaging/make_venv.sh FOLDER   (PYTHON=... in the environment chooses another Python)
set -eu
folder=$1

new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
if [ -x "$folder/bin/python" ] && "$folder/bin/python" -c "$new_enough" 2>/dev/null &&
  "$folder/bin/python" -m pip --version >/dev/null 2>&1; then
  exit 0
fi

find_python() {
  for name in ${PYTHON:-} python3 python3.13 python3.12 python3.11 python3.14 /usr/bin/python3; do
    if "$name" -c "$new_enough" 2>/dev/null; then echo "$name"; return 0; fi
  done
  return 1
}
as_root_on_debian() { [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; }
install() {
  echo "Installing $*."
  apt-get update -q </dev/null >/dev/null || true
  DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@" </dev/null >/dev/null
}

if ! python=$(find_python); then
  as_root_on_debian && install python3 python3-venv
  python=$(find_python) || {
    echo "This needs Python 3.11 or newer, and none was found (python3 here: $(python3 --version 2>&1 || true))."
    echo "Install it, or name it:  make PYTHON=/path/to/python3.12 run"
    exit 1
  } >&2
fi

# Debian keeps the part of Python that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
  package="$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
  if as_root_on_debian; then
    install "$package"
  else
    echo "Python is here but cannot make a virtual environment. On Debian or Ubuntu run:" >&2
    echo "  sudo apt-get install $package" >&2
    exit 1
  fi
fi
echo "Making $folder with $("$python" --version)."
"$python" -m venv --clear "$folder"
