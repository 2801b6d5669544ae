#!/bin/sh
# The whole main flow in three engines, from file:// and over plain http, and that nothing leaves: each row of the audit's table as a line "AUDIT …".
set -eu
cd "$(dirname "$0")/.."
exec build/browsers.sh engines tests/engines/flow.test.js tests/engines/leaves.test.js
