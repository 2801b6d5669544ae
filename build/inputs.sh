#!/bin/sh
# Bad inputs, the long run: changed and cut files of every kind, hostile names through everything that is written, clusters of chance.
set -eu
cd "$(dirname "$0")/.."

. build/go-env.sh
export HARDWAY_LONG=1
CASES=${CASES:-5000} cargo test --locked --release --test import_hostile --test injection --test any_cluster
exec build/browsers.sh tests/browser/injection.test.js
