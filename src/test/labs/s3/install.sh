#!/bin/sh
# Installs the S3 server of the tests (S3Proxy, from Maven, pinned in pom.xml) into a cache outside of the checkout, once, and prints its folder:
# lib/ in it. What cannot be installed is said on standard error; the folder then lacks it.
set -eu
here=$(cd "$(dirname "$0")" && pwd -P)
digest=$(sha256sum <"$here/pom.xml" | cut -c 1-12)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tunesmith/s3-$digest
mkdir -p "$cache"
if command -v flock >/dev/null 2>&1; then
    exec 9>"$cache/.lock"
    flock 9
fi

# Beside its place, and moved there when whole.
if [ ! -d "$cache/lib" ]; then
    fresh=$(mktemp -d "$cache/maven.XXXXXX")
    cp "$here/pom.xml" "$fresh/"
    if (cd "$fresh" && mvn -q -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$fresh/lib") >"$cache/maven.log" 2>&1; then
        mv "$fresh/lib" "$cache/lib"
    else
        echo "s3:// against a server: S3Proxy cannot be had from Maven ($cache/maven.log)" >&2
    fi
    rm -rf "$fresh"
fi
printf '%s\n' "$cache"
