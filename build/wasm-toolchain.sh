#!/bin/sh
# Finds a Rust toolchain that can compile for wasm32-unknown-unknown. Prints one word on stdout and its reason on stderr:
#   target   the active rustc has the target, or rustup has just added it
#   debian   Debian's rustc-web with the library's sources; the standard library is compiled along
# With neither, it says in one sentence what to install, and fails.
set -eu
cd "$(dirname "$0")/.."

target=wasm32-unknown-unknown
rustup_limit=20 # seconds; a machine without a way to rustup's server would otherwise wait for minutes
rustup_refused=target/tools/rustup-target-refused
packages='rustc-web cargo-web rust-web-src lld-22'

say() { printf 'wasm toolchain: %s\n' "$1" >&2; }

rustc_has_target() {
    libdir=$(rustc --print target-libdir --target "$target" 2>/dev/null) && [ -d "$libdir" ]
}

within_limit() {
    if command -v timeout >/dev/null; then timeout "$rustup_limit" "$@"; else "$@"; fi
}

# A refusal holds for the toolchain that it was given to: another rustc is worth another try.
rustup_adds_target() {
    command -v rustup >/dev/null || return 1
    toolchain=$(rustc --version --verbose 2>/dev/null) || return 1
    if [ -f "$rustup_refused" ] && [ "$(cat "$rustup_refused")" = "$toolchain" ]; then
        say "rustup could not add $target before (remove $rustup_refused to try again)"
        return 1
    fi
    say "rustup target add $target (at most $rustup_limit s)"
    if within_limit rustup target add "$target" >&2 && rustc_has_target; then
        rm -f "$rustup_refused"
        return
    fi
    mkdir -p target/tools
    printf '%s\n' "$toolchain" >"$rustup_refused"
    return 1
}

debian_is_ready() {
    [ -x /usr/bin/cargo ] && [ -x /usr/bin/rustc ] && command -v wasm-ld-22 >/dev/null &&
        [ -f "$(/usr/bin/rustc --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]
}

apt_adds_debian() {
    command -v apt-get >/dev/null && [ "$(id -u)" = 0 ] || return 1
    say "apt-get install $packages"
    # shellcheck disable=SC2086 # a list of names
    apt-get update -qq >&2 &&
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $packages >&2 &&
        debian_is_ready
}

if rustc_has_target; then
    say "$(rustc --version) has $target"
    echo target
elif rustup_adds_target; then
    say "rustup added $target to $(rustc --version)"
    echo target
elif debian_is_ready || apt_adds_debian; then
    say "Debian's $(/usr/bin/rustc --version), which compiles the standard library along"
    echo debian
elif command -v apt-get >/dev/null; then
    say "no compiler for $target here: run 'rustup target add $target', or 'sudo apt-get install $packages', then make again."
    exit 1
else
    say "no compiler for $target here: install Rust by rustup, run 'rustup target add $target', then make again."
    exit 1
fi
