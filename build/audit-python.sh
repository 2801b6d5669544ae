#!/bin/sh
# Prints the path of a Python that has gmpy2 and cryptography: Debian's own, or one in target/tools with both from PyPI.
set -eu
cd "$(dirname "$0")/.."

has_both() { "$1" -c 'import gmpy2, cryptography' 2>/dev/null; }

for python in /usr/bin/python3 target/tools/audit-python/bin/python; do
    if has_both "$python"; then
        echo "$python"
        exit
    fi
done
for package in python3-gmpy2 python3-cryptography; do
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends $package >&2 || :
    fi
done
if has_both /usr/bin/python3; then
    echo /usr/bin/python3
    exit
fi
python3 -m venv target/tools/audit-python >&2
target/tools/audit-python/bin/pip install --quiet --only-binary :all: gmpy2==2.3.2 cryptography==50.0.2 >&2
echo target/tools/audit-python/bin/python
