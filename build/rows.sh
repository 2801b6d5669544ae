# shellcheck shell=sh
# Sourced: rows of the table that `make test` and `make audit` end with. Every test and script that is told by HARDWAY_ROWS where adds its own,
# "PART|WHAT|FIGURE|ok" or what else, once it has found what it says.

audited() { # PART WHAT FIGURE [STATE]
    printf '%s|%s|%s|%s\n' "$1" "$2" "$3" "${4:-ok}" | tee -a "${HARDWAY_ROWS:-/dev/null}"
}

# The rows of a file as one table, each with the command that runs its part whole; no success unless there are some and every one is ok.
table_of() { # FILE
    printf '\n| what | found | | the whole of it |\n|---|---|---|---|\n'
    awk -F '|' '{ printf "| %s: %s | %s | %s | `AUDIT=%s make audit` |\n", $1, $2, $3, $4, $1 }' "$1"
    awk -F '|' '$4 == "ok" { good++ } END { printf "\n%d of %d rows are ok\n", good, NR; exit !(NR && good == NR) }' "$1"
}
