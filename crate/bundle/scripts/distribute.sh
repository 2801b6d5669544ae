#!/bin/sh
# Copies to each node the folder with exactly what it needs: nodes/NODE to the home of the user there.
#
#   sh distribute.sh [--user USER] [--port PORT] [--identity FILE] [--ssh-config FILE] [--addresses] [--dry-run] [NODE...]
#
# Without a NODE: to every node. Nodes are reached by their names; with --addresses by their IP addresses.
# --ssh-config names a file to read in the place of ~/.ssh/config: what `vagrant ssh-config` prints, for example.
# It stops at the first failure and says what was done.
set -eu

fail() {
    printf 'distribute.sh: %s\n' "$1" >&2
    printf 'hint: %s\n' "$2" >&2
    exit 1
}

usage='sh distribute.sh [--user USER] [--port PORT] [--identity FILE] [--ssh-config FILE] [--addresses] [--dry-run] [NODE...]'
hosts() {
    cat <<'TABLE'
@table@
TABLE
}

# The path of an option's file from anywhere: scp runs in the folder of the bundle.
readable() {
    [ -r "$2" ] || fail "$1: $2 cannot be read" "$usage"
    case $2 in
    /*) printf '%s\n' "$2" ;;
    *) printf '%s\n' "$PWD/$2" ;;
    esac
}

user=
port=
identity=
ssh_config=
addresses=
dry_run=
nodes=
while [ $# -gt 0 ]; do
    case $1 in
    --user | --port | --identity | --ssh-config)
        [ $# -gt 1 ] || fail "$1 wants a value" "$usage"
        case $1 in
        --user) user=$2 ;;
        --port) port=$2 ;;
        --identity) identity=$(readable "$1" "$2") ;;
        --ssh-config) ssh_config=$(readable "$1" "$2") ;;
        esac
        shift
        ;;
    --addresses) addresses=yes ;;
    --dry-run) dry_run=yes ;;
    -*) fail "unknown option: $1" "$usage" ;;
    *)
        hosts | cut -d ' ' -f 1 | grep -qxF -- "$1" || fail "there is no node $1" "the nodes are: $(hosts | cut -d ' ' -f 1 | tr '\n' ' ')"
        nodes="$nodes $1"
        ;;
    esac
    shift
done
[ -n "$nodes" ] || nodes=$(hosts | cut -d ' ' -f 1)

cd -- "$(dirname -- "$0")"
done_nodes=
for node in $nodes; do
    host=$node
    if [ -n "$addresses" ]; then
        host=$(hosts | while read -r name address; do [ "$name" != "$node" ] || printf '%s\n' "$address"; done)
        case $host in *:*) host="[$host]" ;; esac
    fi
    set -- -r -p
    [ -z "$ssh_config" ] || set -- "$@" -F "$ssh_config"
    [ -z "$port" ] || set -- "$@" -P "$port"
    [ -z "$identity" ] || set -- "$@" -i "$identity"
    set -- "$@" "nodes/$node" "${user:+$user@}$host:"
    if [ -n "$dry_run" ]; then
        printf 'would run: scp'
        printf ' %s' "$@"
        printf '\n'
        continue
    fi
    scp "$@" || fail "could not copy to $node (done before it:${done_nodes:- none})" \
        "see what scp said above and mend the connection, then run it again for $node and the nodes after it"
    done_nodes="$done_nodes $node"
    printf 'copied nodes/%s to %s; there run: sudo sh %s/install.sh\n' "$node" "$host" "$node"
done
