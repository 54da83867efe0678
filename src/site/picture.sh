#!/usr/bin/env bash
# Makes the picture of a report that the README shows: the first screen of a real report.html, by headless Chromium.
#   src/site/picture.sh RUN/report.html            writes src/site/images/report.png
# Chromium is found on the PATH, or named by CHROMIUM; on Debian: apt-get update && apt-get install -y chromium fonts-inter
set -euo pipefail

report=${1:?usage: src/site/picture.sh REPORT.html}
[ -f "$report" ] || { echo "picture.sh: there is no $report" >&2; exit 3; }
report=$(realpath "$report")
out=$(cd "$(dirname "$0")" && pwd)/images/report.png

chromium=${CHROMIUM:-}
for name in chromium chromium-browser google-chrome; do
  [ -n "$chromium" ] || chromium=$(command -v "$name" || true)
done
[ -n "$chromium" ] || { echo "picture.sh: no Chromium found; install it (apt-get install -y chromium) or set CHROMIUM" >&2; exit 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$(dirname "$out")"
timeout 120 "$chromium" --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \
  --disable-component-update --disable-sync --hide-scrollbars --user-data-dir="$work/profile" \
  --window-size=1200,1240 --screenshot="$work/report.png" "file://$report" > "$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
[ -s "$work/report.png" ] || { cat "$work/log" >&2; exit 1; }
mv "$work/report.png" "$out"
echo "$out"
