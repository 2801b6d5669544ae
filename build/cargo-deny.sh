#!/bin/sh
# Prints the path of the cargo-deny program of one version, which it installs under target/tools/ first where it is missing.
set -eu
cd "$(dirname "$0")/.."

version=0.20.2

if [ "$(cargo-deny --version 2>/dev/null)" = "cargo-deny $version" ]; then
    command -v cargo-deny
    exit
fi

root=$PWD/target/tools/cargo-deny-$version
if [ ! -x "$root/bin/cargo-deny" ]; then
    echo "cargo-deny $version: cargo compiles it into target/tools/, once (one to three minutes)" >&2
    # It runs for a second: no optimisation at all.
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
    cargo install --quiet --locked cargo-deny --version "$version" --root "$root" >&2
fi
echo "$root/bin/cargo-deny"
