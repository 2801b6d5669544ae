#!/bin/sh
# Makes RSA-2048 keys and ECDSA signatures with the core of dist/hardway.html and has GMP and OpenSSL judge them.
# KEYS=20 SIGNATURES=500 takes so many; `--sample` is what `make test` takes.
set -eu
cd "$(dirname "$0")/.."

keys=2000 signatures=10000
[ "${1-}" != --sample ] || keys=20 signatures=500
keys=${KEYS:-$keys} signatures=${SIGNATURES:-$signatures}

work=target/audit
mkdir -p "$work"
python=$(build/audit-python.sh)
# Made anew each time; the keys are nobody's, and gone when they were judged.
trap 'rm -f "$work/keys.jsonl"' EXIT
trap 'exit 130' INT TERM
relaxed=--experimental-wasm-relaxed-simd
# Later versions of Node know relaxed SIMD without being asked, and no longer know the flag.
node $relaxed -e 0 2>/dev/null || relaxed=
umask 077
# shellcheck disable=SC2086 # nothing, where there is no flag
node $relaxed tests/audit/keys.mjs "$keys" "$signatures" >"$work/keys.jsonl"
"$python" tests/audit/judge.py "$work/keys.jsonl"
