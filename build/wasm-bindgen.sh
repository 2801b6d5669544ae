#!/bin/sh
# Prints the path of the wasm-bindgen program of exactly the version in Cargo.lock, which it installs under target/tools/ first
# where it is missing: generated glue and library must agree to the last digit.
set -eu
cd "$(dirname "$0")/.."

version=$(awk '/^name = "wasm-bindgen"$/ { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock)
if [ -z "$version" ]; then
    echo 'Cargo.lock does not name wasm-bindgen.' >&2
    exit 1
fi

if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ]; then
    command -v wasm-bindgen
    exit
fi

root=$PWD/target/tools/wasm-bindgen-$version
if [ ! -x "$root/bin/wasm-bindgen" ]; then
    echo "wasm-bindgen $version: cargo compiles it into target/tools/, once (one to three minutes)" >&2
    # Little optimisation: it runs for a second a build, and compiles in half the time.
    export CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_DEBUG=0
    install() {
        cargo install --quiet wasm-bindgen-cli --version "$version" --bin wasm-bindgen --root "$root" "$@" >&2
    }
    # Its own lock file first; a registry mirror may not have every version in it yet.
    install --locked || {
        echo "wasm-bindgen $version: again, with the newest versions to be had" >&2
        install
    }
fi
echo "$root/bin/wasm-bindgen"
