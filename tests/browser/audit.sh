#!/usr/bin/env bash
# Lighthouse (mobile) and html-validate on the pages, with canned answers. By hand: it needs npm and a network.
set -euo pipefail
cd "$(dirname "$0")/../.."
results="$(mktemp -d)"
export CHROME_PATH="${CHROME_PATH:-$(command -v chromium)}"

.venv/bin/python -m tests.browser.served 2>"$results/server.log" >"$results/addresses" &
server=$!
trap 'kill $server' EXIT
until [ -s "$results/addresses" ]; do sleep 1; done
url="$(head -1 "$results/addresses")"

for page in / "/?lang=ko" /privacy /law; do
  npx --yes lighthouse@13.5.0 "$url$page" --quiet --output=json --output-path="$results/lighthouse.json" \
    --only-categories=performance,accessibility,best-practices \
    --chrome-flags="--headless --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
  node -e '
    const report = require(process.argv[1]);
    const scores = Object.values(report.categories).map((one) => `${one.id} ${Math.round(one.score * 100)}`);
    const short = Object.values(report.audits).filter((one) => one.score !== null && one.score < 0.9).map((one) => one.id);
    console.log(process.argv[2], scores.join(", "), short.join(" "));
  ' "$results/lighthouse.json" "$page"
done

for page in / /privacy /safety /crisis /about /law /law/OR /rights /guidance /help /nothing "/?lang=es" "/?lang=zh" "/?lang=ko"; do
  curl --silent "$url$page" >"$results/page$(echo "$page" | tr / -).html"
done
curl --silent --data-urlencode "text=oregon" "$url/" >"$results/page-answer.html"
curl --silent --data-urlencode "text=a lawyer" "$url/?lang=ko" >"$results/page-service.html"
npx --yes html-validate@9.7.1 --config tests/browser/html-validate.json "$results"/page*.html
echo "html-validate: no problem in $(ls "$results"/page*.html | wc -l) pages"
