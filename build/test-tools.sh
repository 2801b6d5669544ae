#!/bin/sh
# Installs what the tests meet the bundle with: real components from Debian's packages. Without apt or root it names what is missing.
set -eu

# program:package
wanted='
    openssl:openssl
    etcd:etcd-server
    etcdctl:etcd-client
    shellcheck:shellcheck
    chromium:chromium
    unzip:unzip
    busybox:busybox
    dash:dash
'

missing=
for pair in $wanted; do
    command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "The tests need these programs, by their Debian packages' names:$missing. Install them, then make test again." >&2
    exit 1
elif [ "$(id -u)" != 0 ]; then
    echo "The tests need more packages: run 'sudo apt-get install$missing', then make test again." >&2
    exit 1
fi

echo "apt-get install$missing" >&2
apt-get update -qq >&2
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # a list of names
apt-get install -qq -y --no-install-recommends $missing >&2

for pair in $wanted; do
    command -v "${pair%%:*}" >/dev/null || {
        echo "The package ${pair#*:} is installed, but ${pair%%:*} is not to be found." >&2
        exit 1
    }
done
