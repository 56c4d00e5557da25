#!/usr/bin/env bash
# Sends anything to the HTTP surface of the service with canned answers, and compares what comes back with
# docs/openapi.yml. Schemathesis does not fit beside Rasa, so uv gives it an environment of its own.
#
# Left out, because nothing a person sends is an error here: "invalid data must be refused" (values that are no text are
# ignored) and "valid data must be accepted" (a need, a topic or a talk that nobody knows is 404 or 410).
# /metrics has an address of its own, which no stranger reaches.
set -euo pipefail
cd "$(dirname "$0")/.."
UV=$(realpath "$(command -v "${UV:-uv}")")
description=$PWD/docs/openapi.yml
folder=$(mktemp -d)
"$UV" run --frozen --no-sync python -m tests.browser.served >"$folder/address" 2>/dev/null &
service=$!
trap 'kill "$service"; rm -rf "$folder"' EXIT
for _ in {1..120}; do
  address=$(head -n 1 "$folder/address")
  [[ -n $address ]] && break
  sleep 0.5
done
cd "$folder" # it leaves notes where it stands
"$UV" tool run --python 3.11 --from "schemathesis==4.32.5" schemathesis run "$description" \
  --url "${address:?the service did not start}" \
  --exclude-path /metrics \
  --checks all --exclude-checks negative_data_rejection,positive_data_acceptance \
  --max-examples "${EXAMPLES:-100}" --continue-on-failure --request-timeout 30 \
  --generation-database none --warnings off --no-color "$@"
