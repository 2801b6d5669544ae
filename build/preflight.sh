#!/bin/sh
# Says what to install where the two things that make cannot install for itself are missing: Rust and Node.
set -eu

need() {
    printf 'Hardway needs %s\n' "$1" >&2
    exit 1
}

command -v cargo >/dev/null || need 'Rust 1.91 or newer: install it by rustup, then make again.'
command -v npm >/dev/null || need 'Node 20 or newer with npm: install both, then make again.'
node=$(node --version)
major=${node#v}
major=${major%%.*}
[ "$major" -ge 20 ] || need "Node 20 or newer: here is $node."
