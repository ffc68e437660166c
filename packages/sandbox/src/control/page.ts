/** The page at `/`: the tenant for people. It reads the same routes as tests do. */
export const page = `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Rollcall sandbox</title>
<link rel="icon" href="data:,">
<style>
:root { color-scheme: light dark; --line: #8884; --quiet: #777; --hit: #c33; --good: #283; }
body { font: 15px/1.45 system-ui, sans-serif; margin: 0 auto; padding: 1.5rem; max-width: 72rem; }
h1 { font-size: 1.4rem; margin: 0; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
header p { color: var(--quiet); margin: .25rem 0; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 500; }
code { font: 13px ui-monospace, monospace; overflow-wrap: anywhere; }
form { display: flex; gap: .5rem; flex-wrap: wrap; align-items: center; margin: .5rem 0; }
button, select, input { font: inherit; padding: .25rem .6rem; white-space: nowrap; }
input[name=when] { flex: 1; min-width: 14rem; }
.bad { color: var(--hit); } .good { color: var(--good); } .quiet { color: var(--quiet); }
</style>
</head>
<body>
<header>
<h1>Rollcall sandbox</h1>
<p>Local mock tenant: <code id="url"></code>, tenant <code id="tenant"></code> (<span id="domain"></span>)</p>
</header>
<main>
<section><h2>Applications</h2>
<table id="applications"><thead><tr><th>Name<th>Client id<th>Proves itself by<th>Roles<th></tr></thead><tbody></tbody></table></section>
<section><h2>Faults</h2>
<form id="fault"><label>Kind <select name="kind"></select></label>
<input name="when" aria-label="When and how" placeholder='when and how, as JSON: {"nth": 2, "retryAfter": "3"}'>
<button id="set">Set</button><button type="button" id="clear">Clear all</button> <span id="said" role="status"></span></form>
<p class="quiet" id="about"></p>
<table id="faults"><thead><tr><th>Set<th>Requests that match<th>Happened</tr></thead><tbody></tbody></table>
<p>Hostile origin: <span id="hostile"></span></p></section>
<section><h2>Users <span class="quiet" id="total"></span></h2>
<table id="users"><thead><tr><th>Name<th>Principal name<th>Id<th>Enabled</tr></thead><tbody></tbody></table>
<form><button type="button" id="more">Next 50</button></form></section>
<section><h2>Journal <span class="quiet" id="requests"></span></h2>
<table id="journal"><thead><tr><th>#<th>At<th>Request<th>Status<th>By<th>Faults</tr></thead><tbody></tbody></table></section>
</main>
<script>
'use strict';
const at = (id) => document.getElementById(id);
const get = async (path) => (await fetch(path)).json();
const post = async (path, body) => {
  const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error);
  return said;
};
// Names of users come from the directory: they are only ever set as text.
const cell = (content, style) => {
  const td = document.createElement('td');
  if (content instanceof Node) td.append(content); else td.textContent = content ?? '';
  if (style) td.className = style;
  return td;
};
const code = (text) => { const c = document.createElement('code'); c.textContent = text; return c; };
const rows = (id, list, toCells) => {
  at(id).tBodies[0].replaceChildren(...list.map((item) => {
    const tr = document.createElement('tr');
    tr.append(...toCells(item));
    return tr;
  }));
};
let kinds = [];
let from = 0;
const showAbout = () => {
  const kind = kinds.find((one) => one.kind === at('fault').kind.value);
  at('about').textContent = kind ? kind.about + ' — on ' + kind.on + (kind.takes.length ? '; takes ' + kind.takes.join(', ') : '') : '';
};
async function showTenant() {
  const tenant = await get('tenant');
  at('url').textContent = tenant.url;
  at('tenant').textContent = tenant.tenant;
  at('domain').textContent = tenant.tenantDomain;
}
async function showApplications() {
  rows('applications', await get('applications'), (one) => {
    const consent = document.createElement('button');
    const has = one.roles.length > 0;
    consent.textContent = has ? 'Withdraw consent' : 'Consent';
    consent.onclick = () => post('applications/consent', { clientId: one.clientId, ...(has ? { roles: [] } : {}) }).then(showApplications);
    return [cell(one.displayName), cell(code(one.clientId)), cell(one.proofs.join(', ')), cell(one.roles.join(', ') || 'none', has ? '' : 'quiet'), cell(consent)];
  });
}
async function showUsers() {
  const { total, users } = await get('users?from=' + from);
  at('total').textContent = total.toLocaleString('en');
  rows('users', users, (one) => [cell(one.displayName), cell(one.userPrincipalName), cell(code(one.id)), cell(one.accountEnabled ? 'yes' : 'no')]);
}
async function showTraffic() {
  const [journal, faults, hostile] = await Promise.all([get('journal'), get('faults'), get('hostile')]);
  at('requests').textContent = journal.requests + ' requests, ' + journal.connections + ' connections';
  rows('journal', journal.entries.slice(-50).reverse(), (one) => [
    cell(one.number), cell(one.at.slice(11, 23)), cell(code(one.method + ' ' + one.path)),
    cell(one.status || 'none', one.status >= 400 || !one.status ? 'bad' : 'good'), cell(one.credential), cell((one.faults || []).join(', '), 'bad')]);
  rows('faults', faults.set, ({ fault, seen, struck }) => [cell(code(JSON.stringify(fault))), cell(seen), cell(struck, struck ? 'bad' : 'quiet')]);
  at('hostile').textContent = hostile.connections + ' connections, ' + hostile.requests + ' requests, ' + hostile.credentials + ' with credentials';
  at('hostile').className = hostile.connections ? 'bad' : 'good';
}
at('fault').onsubmit = async (event) => {
  event.preventDefault();
  const form = event.target;
  try {
    await post('faults', { kind: form.kind.value, ...JSON.parse(form.when.value || '{}') });
    at('said').textContent = 'set';
  } catch (error) {
    at('said').textContent = error.message;
  }
  await showTraffic();
};
at('fault').kind.onchange = showAbout;
at('clear').onclick = () => post('faults/clear', {}).then(showTraffic);
at('more').onclick = () => { from += 50; return showUsers(); };
(async () => {
  kinds = await get('faults/kinds');
  at('fault').kind.replaceChildren(...kinds.map(({ kind }) => new Option(kind)));
  showAbout();
  await Promise.all([showTenant(), showApplications(), showUsers(), showTraffic()]);
  setInterval(showTraffic, 1000);
  document.body.dataset.ready = 'true';
})();
</script>
</body>
</html>
`;
