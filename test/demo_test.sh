#!/usr/bin/env bash
# What README promises of `bin/run --demo`: it comes up, its pages answer, one can sign in as the
# person whom it names, requests stand in every stage, letters were caught; a second start is
# quick, and it says in one sentence when the port is taken.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

folder=$(mktemp -d)
server=
stop() {
    [ -n "$server" ] && kill "$server" 2>/dev/null && wait "$server" 2>/dev/null
    server=
}
trap 'stop || true; rm -rf "$folder"' EXIT

fail() {
    echo "FAILED: $*"
    cat "$folder/log"
    exit 1
}

# Starts it and waits for its first line; sets url.
start() {
    : >"$folder/out"
    build/release/quittance demo --data "$folder/data" --listen 127.0.0.1:0 \
        >"$folder/out" 2>"$folder/log" </dev/null &
    server=$!
    for _ in $(seq 600); do
        url=$(sed -n 's/^listening on //p' "$folder/out")
        [ -n "$url" ] && return
        kill -0 "$server" 2>/dev/null || fail "it ended before it listened"
        sleep 0.05
    done
    fail "it did not listen within 30 seconds"
}

# get PATH WORDS: answers 200 and holds the words.
get() {
    curl -sS -L --fail -b "$folder/cookies" -o "$folder/answer" "$url$1" ||
        fail "$1 does not answer"
    grep -qF "$2" "$folder/answer" || fail "$1 does not say: $2"
}

start
whom='^Sign in as ([^ ]+) with the password "(.*)"\..*'
sign_in=$(sed -nE "s/$whom/{\"email\":\"\1\",\"password\":\"\2\"}/p" "$folder/log")
[ -n "$sign_in" ] || fail "it does not say whom to sign in as"
get /health ''
get /ready ''
get /demo /demo/mail
get /demo/mail .example
curl -sS --fail -c "$folder/cookies" -o /dev/null -H "Origin: $url" \
    -H 'Content-Type: application/json' -d "$sign_in" "$url/api/v1/session" ||
    fail "nobody can sign in"
get /api/v1/requests/counts '"stages"'
for stage in review process reply closed; do
    get "/api/v1/requests?stage=$stage" '"reference"'
done

# A port that is taken.
port=${url##*:}
if build/release/quittance demo --data "$folder/other" --listen "127.0.0.1:$port" \
    >"$folder/second" 2>&1 </dev/null; then
    fail "two servers on one port"
fi
grep -q "$port" "$folder/second" && grep -q -- --listen "$folder/second" ||
    fail "a taken port is not said with the option that changes it: $(cat "$folder/second")"

# Quick in one of three tries: other work on the machine is not what is measured.
for try in 1 2 3; do
    stop || true
    began=$(date +%s%N)
    start
    get /health ''
    took=$((($(date +%s%N) - began) / 1000000))
    echo "a second start took $took ms to the first answer"
    [ "$took" -lt 2000 ] && exit
done
fail "no second start took less than two seconds"
