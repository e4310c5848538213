# Functions that `run` and `growth` share: what to run, how to time it, how to print it. Sourced, never run.

project=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)

# The corpus was "reviewed" in 2026: a later day would make findings of its reviews.
today=2026-11-21

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 2; }

# Builds what is measured, unless THROUGHLINE, CORPUS and FLOOR name programs already.
prepare_programs() {
    command -v /usr/bin/time >/dev/null || fail "/usr/bin/time is needed: apt-get install time"
    if [[ -z ${THROUGHLINE:-} ]]; then
        say "building throughline ..."
        cargo build --release --quiet --manifest-path "$project/Cargo.toml" --bin throughline || fail "throughline does not compile"
    fi
    if [[ -z ${CORPUS:-} || -z ${FLOOR:-} ]]; then
        say "building the examples ..."
        cargo build --release --quiet --manifest-path "$project/Cargo.toml" --example corpus --example floor || fail "the examples do not compile"
    fi
    local release=${CARGO_TARGET_DIR:-$project/target}/release
    THROUGHLINE=${THROUGHLINE:-$release/throughline}
    CORPUS=${CORPUS:-$release/examples/corpus}
    FLOOR=${FLOOR:-$release/examples/floor}
}

# Prints how many modules a corpus of so many lessons has: about as many as lessons in each.
modules_for() {
    awk -v n="$1" 'BEGIN { m = int(sqrt(n)); while (n % m) m--; print m }'
}

# Runs a command and appends "wall cpu mebibytes" to a file: timed FILE LOG COMMAND...
timed() {
    local file=$1 log=$2 start end use
    shift 2
    start=$EPOCHREALTIME
    if ! /usr/bin/time -q -o "$log.time" -f '%U %S %M' "$@" >"$log" 2>&1; then
        tail -20 "$log" >&2
        fail "this run failed: $*"
    fi
    end=$EPOCHREALTIME
    use=$(tail -1 "$log.time")
    [[ -z $file ]] || awk -v s="$start" -v e="$end" -v use="$use" \
        'BEGIN { split(use, u, " "); printf "%.3f %.2f %.1f\n", e - s, u[1] + u[2], u[3] / 1024 }' >>"$file"
}

# Prints the median of a column of a file of results.
median() {
    sort -g -k"$2,$2" "$1" | awk -v c="$2" '{ v[NR] = $c } END { if (NR) print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'
}

# Prints "least-most" of the first column.
spread() {
    sort -g -k1,1 "$1" | awk 'NR == 1 { low = $1 } { high = $1 } END { printf "%.2f-%.2f", low, high }'
}

# Prints one number divided by another, or a dash.
ratio() {
    awk -v a="${1:-0}" -v b="${2:-0}" 'BEGIN { if (a > 0 && b > 0) printf "%.2fx", a / b; else print "-" }'
}

# Prints the machine, as a line of Markdown.
machine() {
    local model
    model=$(awk -F': ' '/^model name/ { print $2; exit }' /proc/cpuinfo 2>/dev/null || uname -p)
    printf '%s, %s cores, %s, %s; load at the start %s.\n' "$model" "$(nproc)" "$(uname -sr)" "$(rustc --version 2>/dev/null || echo 'no rustc')" "$(cut -d' ' -f1 /proc/loadavg)"
}
