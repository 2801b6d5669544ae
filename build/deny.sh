#!/bin/sh
# Every crate's licence, source and version (deny.toml), and, where the database of known faults can be had, whether one is known of.
set -eu
cd "$(dirname "$0")/.."
. build/rows.sh

deny=$(build/cargo-deny.sh)
# Ten seconds: a network that answers nothing is as good as none.
within() { if command -v timeout >/dev/null; then timeout "$@"; else shift && "$@"; fi; }

crates=$(grep -c "^source = \"registry" Cargo.lock)
"$deny" --locked check licenses bans sources
known='advisories: not asked'
if within 60 "$deny" --locked fetch db >/dev/null 2>&1; then
    "$deny" --locked check advisories
    known='no advisory for any'
else
    echo 'SKIPPED: the advisories; the RustSec database (github.com/RustSec/advisory-db) cannot be had here.'
fi
if audit=$(within 60 npm audit --omit=dev 2>&1); then
    printf '%s\n' "$audit"
elif printf %s "$audit" | grep -q 'audit endpoint returned an error\|ENOTFOUND\|ECONNREFUSED'; then
    echo "SKIPPED: npm audit; the registry here does not answer it."
else
    printf '%s\n' "$audit" >&2
    exit 1
fi
audited crates "crates by cargo deny: licences, bans, sources" "$crates crates; $known"
