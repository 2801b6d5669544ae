#!/bin/sh
# The long runs, one after the other, and at the end one table of what they found. Each part is a script that may say what it likes and says,
# in lines of its own, "AUDIT <row>|<what>|<figure>|<ok or what else>". A part that fails does not keep the others from running; a part that
# says no such line has failed. AUDIT='servers keys' takes only those. What each said: target/audit/PART.log.
set -eu
cd "$(dirname "$0")/.."

# part=script
parts='
    engines=build/engines.sh
    faults=build/faults.sh
    fuzz=build/fuzz.sh
    keys=build/audit-keys.sh
    servers=build/servers.sh
    crates=build/deny.sh
    bytes=build/reproduce.sh
'
wanted=${AUDIT:-}
for part in $wanted; do
    case $parts in
    *" $part="*) ;;
    *)
        echo "AUDIT=$part: expected some of$(printf %s "$parts" | sed 's/=.*//' | tr -s ' \n' ' ')" >&2
        exit 1
        ;;
    esac
done

build/test-tools.sh
. build/go-env.sh
HARDWAY_CHROMIUM=$(command -v chromium)
HARDWAY_PAGE=$PWD/dist/hardway.html
export HARDWAY_CHROMIUM HARDWAY_PAGE

mkdir -p target/audit
rows=target/audit/rows
: >"$rows"
for pair in $parts; do
    part=${pair%%=*} script=${pair#*=}
    case " $wanted " in *" $part "* | '  ') ;; *) continue ;; esac
    log=target/audit/$part.log
    printf '\n== %s (%s)\n' "$part" "$script"
    started=$(date +%s)
    # What it says is read as it comes and kept; its status comes by a file, since a pipe has that of its last end.
    { "$script" 2>&1 && echo 0 >"$log.status" || echo $? >"$log.status"; } </dev/null | tee "$log"
    minutes=$((($(date +%s) - started + 59) / 60))
    status=$(cat "$log.status")
    rm "$log.status"
    if ! grep -q '^AUDIT ' "$log"; then
        echo "AUDIT $part|$script|it said nothing (target/audit/$part.log)|not ok" >>"$rows.new"
    else
        grep '^AUDIT ' "$log" >>"$rows.new"
        [ "$status" = 0 ] || echo "AUDIT $part|$script|ended with status $status (target/audit/$part.log)|not ok" >>"$rows.new"
    fi
    sed "s/\$/|AUDIT=$part make audit|$minutes/" "$rows.new" >>"$rows"
    rm "$rows.new"
done

printf '\n| what | found | | command | minutes |\n|---|---|---|---|---:|\n'
sed 's/^AUDIT //' "$rows" | awk -F '|' '{ printf "| %s: %s | %s | %s | `%s` | %s |\n", $1, $2, $3, $4, $5, $6 }'
good=$(awk -F '|' '$4 == "ok"' "$rows" | wc -l)
all=$(wc -l <"$rows")
printf '\naudit: %d of %d rows are ok\n' "$good" "$all"
[ "$good" = "$all" ]
