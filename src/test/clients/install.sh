#!/bin/sh
# Installs the real clients (npm and pip, pinned) into a cache outside of the checkout, once, and prints its folder:
# node_modules/ and venv/ in it. What cannot be installed is said on standard error; the folder then lacks it.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
digest=$(cat "$here/package-lock.json" "$here/requirements.txt" | sha256sum | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tunesmith/clients-$digest
mkdir -p "$cache"
if command -v flock >/dev/null 2>&1; then
    exec 9>"$cache/.lock"
    flock 9
fi

# Each is installed beside its place and moved there when whole.
if [ ! -d "$cache/node_modules" ]; then
    if command -v npm >/dev/null 2>&1; then
        fresh=$(mktemp -d "$cache/npm.XXXXXX")
        cp "$here/package.json" "$here/package-lock.json" "$fresh/"
        if (cd "$fresh" && npm ci --no-audit --no-fund --ignore-scripts) >"$cache/npm.log" 2>&1; then
            mv "$fresh/node_modules" "$cache/node_modules"
        else
            echo "the clients from npm: npm ci failed ($cache/npm.log)" >&2
        fi
        rm -rf "$fresh"
    else
        echo "the clients from npm: no npm here (Debian: apt-get install npm)" >&2
    fi
fi
if [ ! -x "$cache/venv/bin/python" ]; then
    # A virtual environment knows its own path, so it is made in place, and marked when whole.
    rm -rf "$cache/venv" "$cache/venv.whole"
    if command -v python3 >/dev/null 2>&1; then
        if ! { python3 -m venv "$cache/venv" && "$cache/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"; } >"$cache/pip.log" 2>&1; then
            rm -rf "$cache/venv"
            echo "the clients in Python: pip failed ($cache/pip.log)" >&2
        fi
    else
        echo "the clients in Python: no python3 here (Debian: apt-get install python3-venv)" >&2
    fi
fi
printf '%s\n' "$cache"
