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

# The public half of a private key. One behind a passphrase is opened where HARDWAY_PASSPHRASE has that.
public_half() {
    if [ -n "${HARDWAY_PASSPHRASE:-}" ]; then
        openssl pkey -in "$1" -pubout -passin env:HARDWAY_PASSPHRASE 2>/dev/null
    else
        openssl pkey -in "$1" -pubout -passin pass: 2>/dev/null
    fi
}

sealed=
is_locked() {
    [ -z "${HARDWAY_PASSPHRASE:-}" ] || return 1
    grep -q '^-----BEGIN ENCRYPTED PRIVATE KEY-----$' "$1" 2>/dev/null || return 1
    sealed=yes
}

while read -r id issuer purposes; do
    complaints=
    crt=pki/$id.crt
    if [ "$purposes" = key ]; then
        public=$(public_half "pki/$id.key") || public=unreadable
        if is_locked "pki/$id.key" || [ "$public" = "$(cat "pki/$id.pub" 2>/dev/null)" ]; then
            printf 'ok      %s (a key pair without a certificate)\n' "$id"
        else
            complain "pki/$id.pub" "does not match pki/$id.key"
        fi
        continue
    fi
    key=yes
    request=yes
    for purpose in $purposes; do
        # A certificate may have been made again for a key that stays where it is.
        case $purpose in
        without-key) key= && continue ;;
        without-request) request= && continue ;;
        esac
        openssl verify -x509_strict -CAfile "pki/$issuer.crt" -purpose "$purpose" "$crt" >/dev/null 2>&1 ||
            complain "$crt" "openssl verify -purpose $purpose refuses it"
    done
    public=$(openssl x509 -in "$crt" -noout -pubkey 2>/dev/null) || public=unreadable
    [ -z "$key" ] || is_locked "pki/$id.key" || [ "$public" = "$(public_half "pki/$id.key")" ] || complain "pki/$id.key" "does not match $crt"
    [ -z "$request" ] || [ "$public" = "$(openssl req -in "pki/$id.csr" -noout -pubkey 2>/dev/null)" ] || complain "pki/$id.csr" "does not match $crt"
    openssl x509 -in "$crt" -noout -checkend 0 >/dev/null 2>&1 || complain "$crt" 'has expired'
    [ -n "$complaints" ] ||
        printf 'ok      %s until %s\n' "$id" "$(openssl x509 -in "$crt" -noout -enddate | cut -d = -f 2)"
done <<'TABLE'
@table@
TABLE
[ -z "$sealed" ] || printf 'note    the encrypted keys were not compared: set HARDWAY_PASSPHRASE for that\n'
exit "$wrong"
