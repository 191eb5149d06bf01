#!/bin/sh
# Checks for the system libraries that Qt and the tests need, names what is missing and, as root on
# Debian or Ubuntu, installs it. Without root it prints the one command to run and goes on, since
# the libraries may have come another way. Usage: packaging/system_packages.sh run|test|slow
set -eu

# Found with ldd against the Qt wheels on a bare Debian 12 (docs/decisions/0002-dependencies.md).
screen="libglib2.0-0 libgl1 libegl1 libfontconfig1 libxkbcommon0 libdbus-1-3
  libx11-xcb1 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1
  libxcb-xfixes0 libxcb-xkb1 libxkbcommon-x11-0"
speech="libpulse0 libspeechd2"
letters="fontconfig-config fonts-dejavu-core"
# debian-policy is a manual of 193 pages, in PDF, that was not written for our tests.
testing="libreoffice-writer-nogui libreoffice-calc-nogui xvfb xauth xdotool strace poppler-utils qpdf debian-policy"

# What a screen reader uses, for the journey that is made by keyboard and ear alone.
listening="at-spi2-core python3-pyatspi gir1.2-atspi-2.0 dbus"

case "${1:-run}" in
  run) wanted="$screen $speech $letters" ;;
  test) wanted="$screen $speech $letters $testing" ;;
  slow) wanted="$screen $speech $letters $testing $listening" ;;
  *) echo "Usage: $0 run|test|slow" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
  case "$(uname -s)" in
    Linux)
      echo "This is not Debian or Ubuntu, so its packages were not checked. Qt needs OpenGL (libGL,"
      echo "libEGL), fontconfig, libxkbcommon, dbus, glib and the xcb libraries with xcb-cursor."
      [ "${1:-run}" = run ] || echo "The tests also need: $testing."
      ;;
  esac
  exit 0
fi

# Newer releases add "t64" to some names (libglib2.0-0t64): either one will do.
have=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | tr '\n' ' ')"
missing=""
for name in $wanted; do
  case "$have" in
    *" $name "* | *" ${name}t64 "*) ;;
    *) missing="$missing $name" ;;
  esac
done
[ -n "$missing" ] || exit 0

echo "Missing system packages:$missing"
if [ "$(id -u)" -ne 0 ]; then
  echo "To install them:  sudo apt-get install --no-install-recommends$missing"
  echo "Going on without them; if the window does not open, run that first."
  exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q </dev/null >/dev/null || echo "The package lists could not be renewed; going on."
named=""
for name in $missing; do
  for known in "$name" "${name}t64"; do
    if apt-cache show "$known" >/dev/null 2>&1; then named="$named $known"; continue 2; fi
  done
  echo "This system has no package called $name; going on without it."
done
[ -n "$named" ] || exit 0
echo "Installing them now."
# shellcheck disable=SC2086 - the names are meant to be split
apt-get install -q -y --no-install-recommends $named </dev/null >/dev/null
echo "Installed."
