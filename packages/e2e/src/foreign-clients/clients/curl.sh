#!/usr/bin/env bash
# Only curl, sed and grep: requests a token, then all pages.
# usage: curl.sh PARAMETERS.json CA.pem
set -euo pipefail

field() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$2" | head -1; }
get() { curl --silent --show-error --fail-with-body --cacert "$ca" "$@"; }

parameters=$1 ca=$2
page=$(mktemp)
trap 'rm -f "$page"' EXIT

get "$(field authority "$parameters")/oauth2/v2.0/token" --output "$page" \
  --data grant_type=client_credentials \
  --data-urlencode scope=https://graph.microsoft.com/.default \
  --data-urlencode "client_id=$(field client_id "$parameters")" \
  --data-urlencode "client_secret=$(field secret "$parameters")"
token=$(field access_token "$page")

link="$(field endpoint "$parameters")?\$select=id&\$top=999"
while [ -n "$link" ]; do
  get --compressed --header "Authorization: Bearer $token" --output "$page" "$link"
  grep -o '"id":"[^"]*"' "$page" | cut -d'"' -f4
  link=$(field @odata.nextLink "$page")
done
