#!/bin/sh
# The long runs, one after the other, and at the end one table of what they found. Each part is a script that may say what it likes; what
# counts are the rows that it, or a test that it runs, adds to the file HARDWAY_ROWS (build/rows.sh). A part that fails does not keep the
# others from running; a part without a row has failed. AUDIT='servers keys' takes only those. What each said: target/audit/PART.log.
set -eu
cd "$(dirname "$0")/.."
. build/rows.sh

# part=script
parts='
    engines=build/engines.sh
    faults=build/faults.sh
    inputs=build/inputs.sh
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
    HARDWAY_ROWS=$PWD/target/audit/$part.rows
    export HARDWAY_ROWS
    : >"$HARDWAY_ROWS"
    printf '\n== %s (%s)\n' "$part" "$script"
    started=$(date +%s)
    # What it says is read as it comes and kept; its status comes by a file, since a pipe has that of its last end.
    { "$script" 2>&1 && echo 0 >"$log.status" || echo $? >"$log.status"; } </dev/null | tee "$log"
    status=$(cat "$log.status")
    rm "$log.status"
    [ -s "$HARDWAY_ROWS" ] || audited "$part" "$script" "it said nothing ($log)" "not ok"
    [ "$status" = 0 ] || audited "$part" "$script" "ended with status $status ($log)" "not ok"
    echo "$part: $((($(date +%s) - started + 59) / 60)) minutes"
    cat "$HARDWAY_ROWS" >>"$rows"
done
table_of "$rows"
