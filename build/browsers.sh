#!/bin/sh
# Runs tests one after the other, then prints the lines that they left for the audit. Usage: build/browsers.sh NAME TEST...
set -eu
cd "$(dirname "$0")/.."
name=$1
shift
mkdir -p target/audit
HARDWAY_AUDIT=$PWD/target/audit/$name.rows
export HARDWAY_AUDIT
: >"$HARDWAY_AUDIT"
status=0
for test in "$@"; do node --test "$test" || status=$?; done
cat "$HARDWAY_AUDIT"
exit "$status"
