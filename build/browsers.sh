#!/bin/sh
# The long run of tests in browsers, one after the other. Usage: build/browsers.sh TEST...
set -eu
cd "$(dirname "$0")/.."
HARDWAY_LONG=1
export HARDWAY_LONG
status=0
for test in "$@"; do node --test "$test" || status=$?; done
exit "$status"
