#!/bin/sh
# The whole main flow in three engines, from file:// and over plain http, and that nothing leaves.
set -eu
cd "$(dirname "$0")/.."
exec build/browsers.sh tests/engines/flow.test.js tests/engines/leaves.test.js
