#!/bin/sh
# Opens the app on the sample board; on a computer with no screen it does the same main job without
# a window. Usage: packaging/run_sample.sh PROGRAM FOLDER   (run by `make run`)
set -eu
program=$1 folder=$2

case "$(uname -s)" in
  Darwin | MINGW* | MSYS* | CYGWIN*) screen=yes ;;
  *) screen=${DISPLAY:-}${WAYLAND_DISPLAY:-} ;;
esac
if [ -n "$screen" ]; then
  exec "$program" --sample
fi

echo "There is no screen here, so no window can open. The sample board is built in $folder/ instead,"
echo "and its impact report is written there."
"$program" sample "$folder"
report=$(find "$folder" -maxdepth 2 -name impact-report.pdf | head -n 1)
if [ -z "$report" ]; then
  echo "No impact report was written; the lines above say why." >&2
  exit 1
fi
echo "The report: $(cd "$(dirname "$report")" && pwd)/$(basename "$report")"
