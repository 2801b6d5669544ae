#!/bin/sh
# Puts the files of this folder to their final paths on this node, with owner and mode.
#
#   sudo sh install.sh [--dry-run] [--root DIR] [FOLDER]
#
# FOLDER is the folder of one node (the one with the file FILES in it), by default the script's own.
# --root DIR puts everything below DIR and changes no owner: to look before you leap.
# Every file is compared with its checksum before the first one is put anywhere.
set -eu

fail() {
    printf 'install.sh: %s\n' "$1" >&2
    printf 'hint: %s\n' "$2" >&2
    exit 1
}

dry_run=
root=
folder=
while [ $# -gt 0 ]; do
    case $1 in
    --dry-run) dry_run=yes ;;
    --root)
        [ $# -gt 1 ] || fail '--root wants a folder' 'for example: sh install.sh --root /tmp/look'
        root=$2
        shift
        ;;
    -*) fail "unknown option: $1" 'sudo sh install.sh [--dry-run] [--root DIR] [FOLDER]' ;;
    *) folder=$1 ;;
    esac
    shift
done
[ -n "$folder" ] || folder=$(dirname -- "$0")
[ -f "$folder/FILES" ] || fail "there is no file FILES in $folder" \
    'name the folder of this node, for example: sudo sh install.sh nodes/master-1'

owner=0:0
home=$HOME
if [ -n "$root" ]; then
    home=$root/home
elif [ "$(id -u)" -ne 0 ]; then
    [ -n "$dry_run" ] || fail 'this needs root to write below /var/lib' 'run it with sudo'
elif [ -n "${SUDO_USER:-}" ] && command -v getent >/dev/null 2>&1; then
    # The home of whoever called sudo, not of root.
    home=$(getent passwd "$SUDO_USER" | cut -d : -f 6)
fi

# Whether the file is a private key behind a passphrase, which no component can read.
is_sealed() {
    grep -q '^-----BEGIN ENCRYPTED PRIVATE KEY-----$' "$1" 2>/dev/null
}

# HARDWAY_PASSPHRASE, or what is typed. Only openssl gets to see it, and no list of processes.
ask_passphrase() {
    command -v openssl >/dev/null 2>&1 ||
        fail 'the private keys are encrypted, and openssl is not installed here' 'install the package openssl of this system'
    if [ -z "${HARDWAY_PASSPHRASE:-}" ]; then
        [ -t 0 ] || fail 'the private keys are encrypted' 'run it in a terminal, or set HARDWAY_PASSPHRASE'
        printf 'Passphrase of the private keys: ' >&2
        settings=$(stty -g)
        trap 'stty "$settings"' EXIT
        stty -echo
        IFS= read -r HARDWAY_PASSPHRASE
        stty "$settings"
        trap - EXIT
        printf '\n' >&2
    fi
    export HARDWAY_PASSPHRASE
}

open_sealed() {
    openssl pkey -in "$1" -passin env:HARDWAY_PASSPHRASE 2>/dev/null
}

each_file() {
    grep -v '^#' "$folder/FILES" | while read -r mode sum path file; do
        "$1" "$mode" "$sum" "$path" "$file"
    done
}

compare() {
    [ -f "$folder/$4" ] || fail "$folder/$4 is missing" 'copy the folder again, whole'
    found=$(sha256sum <"$folder/$4" | cut -d ' ' -f 1)
    [ "$found" = "$2" ] || fail "$folder/$4 is not the file that was made" 'copy the folder again, whole'
}

install_one() {
    case $3 in
    \~/*) target=$home/${3#\~/} ;;
    *) target=$root$3 ;;
    esac
    if [ -n "$dry_run" ]; then
        printf 'would install %s (%s) to %s\n' "$4" "$1" "$target"
        return 0
    fi
    mkdir -p -- "$(dirname -- "$target")"
    # Written next to its place and renamed: nobody ever reads half a key, or one with a wider mode.
    if is_sealed "$folder/$4"; then
        (umask 077 && open_sealed "$folder/$4" >"$target.new")
    else
        (umask 077 && cp -- "$folder/$4" "$target.new")
    fi
    chmod "$1" "$target.new"
    if [ -z "$root" ]; then
        case $3 in
        \~/*) chown "${SUDO_UID:-0}:${SUDO_GID:-0}" "$target.new" ;;
        *) chown "$owner" "$target.new" ;;
        esac
    fi
    mv -f -- "$target.new" "$target"
    printf 'installed %s (%s) to %s\n' "$4" "$1" "$target"
}

# All are tried before the first one is put anywhere.
try_sealed() {
    is_sealed "$folder/$4" || return 0
    open_sealed "$folder/$4" >/dev/null || fail "the passphrase does not open $folder/$4" 'type it again; capital letters and blanks count'
}

each_file compare
if [ -z "$dry_run" ]; then
    for file in "$folder"/*.key "$folder"/*/*.key; do
        is_sealed "$file" || continue
        ask_passphrase
        break
    done
    each_file try_sealed
fi
each_file install_one
