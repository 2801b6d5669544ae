#!/bin/sh
# Checks every file of the bundle with openssl: checksums, signatures, purposes, keys, requests, expiry.
#
#   sh verify.sh
#
# Prints a line for each certificate; ends with status 1 if anything is wrong.
set -eu

command -v openssl >/dev/null 2>&1 || {
    printf 'verify.sh: openssl is not installed\n' >&2
    printf 'hint: install the package openssl of your system\n' >&2
    exit 2
}

cd -- "$(dirname -- "$0")"
wrong=0
complain() {
    printf 'WRONG   %s: %s\n' "$1" "$2"
    wrong=1
    complaints=yes
}

sha256sum -c --status SHA256SUMS 2>/dev/null || sha256sum -c -s SHA256SUMS 2>/dev/null ||
    complain SHA256SUMS 'a file is not the one that was made'

while read -r id issuer purposes; do
    complaints=
    crt=pki/$id.crt
    if [ "$purposes" = key ]; then
        public=$(openssl pkey -in "pki/$id.key" -pubout 2>/dev/null) || public=unreadable
        if [ "$public" = "$(cat "pki/$id.pub" 2>/dev/null)" ]; then
            printf 'ok      %s (a key pair without a certificate)\n' "$id"
        else
            complain "pki/$id.pub" "does not match pki/$id.key"
        fi
        continue
    fi
    for purpose in $purposes; do
        openssl verify -x509_strict -CAfile "pki/$issuer.crt" -purpose "$purpose" "$crt" >/dev/null 2>&1 ||
            complain "$crt" "openssl verify -purpose $purpose refuses it"
    done
    public=$(openssl x509 -in "$crt" -noout -pubkey 2>/dev/null) || public=unreadable
    [ "$public" = "$(openssl pkey -in "pki/$id.key" -pubout 2>/dev/null)" ] || complain "pki/$id.key" "does not match $crt"
    [ "$public" = "$(openssl req -in "pki/$id.csr" -noout -pubkey 2>/dev/null)" ] || complain "pki/$id.csr" "does not match $crt"
    openssl x509 -in "$crt" -noout -checkend 0 >/dev/null 2>&1 || complain "$crt" 'has expired'
    [ -n "$complaints" ] ||
        printf 'ok      %s until %s\n' "$id" "$(openssl x509 -in "$crt" -noout -enddate | cut -d = -f 2)"
done <<'TABLE'
@table@
TABLE
exit "$wrong"
