"""The steps of Microsoft's Python daemon quickstart: settings from a JSON file, a confidential client application,
a token, and one GET request. In addition to the quickstart it also reads the following pages.

usage: msal_python.py PARAMETERS.json known|own
"""

import json
import sys
from urllib.parse import urlsplit

import msal
import requests

with open(sys.argv[1]) as file:
    config = json.load(file)

if "secret" in config:
    credential = config["secret"]
else:
    with open(config["private_key_file"]) as file:
        credential = {"thumbprint": config["thumbprint"], "private_key": file.read()}

# MSAL asks login.microsoftonline.com about an unknown host, unless discovery is disabled or has another URL.
host = urlsplit(config["authority"])
discovery = {
    "known": False,
    "own": f"{host.scheme}://{host.netloc}/common/discovery/instance",
}[sys.argv[2]]

app = msal.ConfidentialClientApplication(
    config["client_id"],
    authority=config["authority"],
    client_credential=credential,
    instance_discovery=discovery,
)
# The quickstart looks into the cache first. MSAL then asks login.microsoftonline.com for that host's other names,
# regardless of its configuration, so that this step is omitted if the discovery document comes from the sandbox.
result = None if discovery else app.acquire_token_silent(config["scope"], account=None)
if not result:
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
        print(user["id"])
    link = page.get("@odata.nextLink")
