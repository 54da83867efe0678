#!/bin/sh
# Every test: fast ones first, then those with real servers and processes. Called by `./tunesmith test`.
# Says at its end what could not run here, and why.
set -u

system=no
for option in "$@"; do
    case $option in
        --system) system=yes ;;
        --full) ;;
        *) printf 'tunesmith test: unknown option %s (allowed: --system, --full)\n' "$option" >&2; exit 2 ;;
    esac
done
[ "${CI:-}" = true ] && [ "${TUNESMITH_TEST_SYSTEM:-}" != no ] && system=yes

notes=target/test-notes.txt
mkdir -p target
: >"$notes"

browser() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if ! browser >/dev/null && [ "$system" = yes ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium) >target/apt.log 2>&1
fi
browser >/dev/null || echo "the report in a real browser: no Chromium here (./tunesmith test --system installs it on Debian)" >>"$notes"
ldconfig -p 2>/dev/null | grep -q libgomp || echo "LightGBM: no libgomp here (Debian: apt-get install libgomp1)" >>"$notes"
[ -r ../shared/data/requests/dev.jsonl ] || echo "the development requests with keys: no ../shared/data/requests beside this checkout" >>"$notes"
command -v shellcheck >/dev/null || echo "shellcheck of the scripts: not installed" >>"$notes"

# The clients that people use, pinned, in a cache of their own.
sh src/test/clients/install.sh 2>>"$notes" >/dev/null
# A server that speaks S3, likewise.
sh src/test/labs/s3/install.sh 2>>"$notes" >/dev/null

export OMP_NUM_THREADS=1 OMP_WAIT_POLICY=passive
mvn -B verify -DskipITs=false
result=$?

if [ $result -ne 0 ]; then
    printf "\nTests failed; what comes after the first failing phase was not run.\n"
elif [ -s "$notes" ]; then
    printf '\nNot run here:\n'
    sed 's/^/  - /' "$notes"
else
    printf '\nEverything was run.\n'
fi
exit $result
