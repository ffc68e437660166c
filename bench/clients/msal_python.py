"""The steps of Microsoft's Python daemon quickstart: MSAL for the token, requests for Graph. The quickstart reads one
page; this program also follows the next links, with the page size of the quickstart, which is Graph's default of 100.

usage: msal_python.py PARAMETERS.json
"""

import json
import os
import resource
import socket
import sys

import msal
import requests

outage = os.environ.get("BENCH_OUTAGE")
if outage:
    lookup = socket.getaddrinfo

    def failing_lookup(*args, **kwargs):
        if os.path.exists(outage):
            raise socket.gaierror(-3, "Temporary failure in name resolution")
        return lookup(*args, **kwargs)

    socket.getaddrinfo = failing_lookup

with open(sys.argv[1]) as file:
    config = json.load(file)

app = msal.ConfidentialClientApplication(
    config["client_id"],
    authority=config["authority"],
    client_credential=config["secret"],
    instance_discovery=False,
)
result = app.acquire_token_for_client(scopes=config["scope"])
if "access_token" not in result:
    sys.exit(f"{result.get('error')}: {result.get('error_description')}")

link = config["endpoint"]
while link:
    response = requests.get(link, headers={"Authorization": "Bearer " + result["access_token"]})
    if response.status_code != 200:
        sys.exit(f"{response.status_code}: {response.text}")
    page = response.json()
    for user in page["value"]:
        print(json.dumps(user))
    link = page.get("@odata.nextLink")

used = resource.getrusage(resource.RUSAGE_SELF)
report = {
    "userCPUTime": used.ru_utime * 1e6,
    "systemCPUTime": used.ru_stime * 1e6,
    "maxRSS": used.ru_maxrss,
}
os.write(3, json.dumps(report).encode())
