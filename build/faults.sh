#!/bin/sh
# Faults in three engines, the long run: 100 runs that are stopped, every stage, 15 limits of memory, ten tabs, the machine around the page.
set -eu
cd "$(dirname "$0")/.."
exec build/browsers.sh tests/engines/faults.test.js tests/engines/conditions.test.js tests/browser/faults.test.js
