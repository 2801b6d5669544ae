#!/bin/sh
# Faults in three engines, the long run: 100 runs that are stopped, every stage, 15 limits of memory. Each row of the audit's table as a line "AUDIT …".
set -eu
cd "$(dirname "$0")/.."
exec build/browsers.sh faults tests/engines/faults.test.js tests/browser/faults.test.js
