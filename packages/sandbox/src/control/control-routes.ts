import { userReadAll, type Application } from '../identity/tenant/application.ts';
import { type DirectoryParts, directoryRoutes } from './directory-routes.ts';
import type { People } from '../directory/people.ts';
import { faultRoutes } from './fault-routes.ts';
import type { Conditions } from '../http/conditions.ts';
import { journalRoutes } from './journal-routes.ts';
import type { Replicas } from '../directory/replicas.ts';
import type { Sandbox } from '../sandbox.ts';
import type { TlsFlaw } from '../origin/broken-origins.ts';
import { jsonAnswer, type ControlRoutes } from './control-server.ts';
import { page } from './page.ts';

export interface ControlParts {
  readonly sandbox: Omit<Sandbox, 'control' | 'stop' | typeof Symbol.asyncDispose>;
  readonly people: People;
  readonly replicas: Replicas;
  readonly graph: DirectoryParts['graph'];
  conditions(): Conditions;
}

/** An application as people may see it: how it proves itself, not with what. */
function shownApplication(application: Application) {
  const { secrets, certificates, federated, managedIdentity, clientId, displayName } = application;
  const now = new Date();
  const proofs = [
    ...(secrets ?? []).map(({ expires }) =>
      expires !== undefined && expires <= now ? 'expired secret' : 'secret',
    ),
    ...(certificates ?? []).map(() => 'certificate'),
    ...(federated ?? []).map(({ issuer }) => `federated by ${issuer}`),
    ...(managedIdentity === undefined ? [] : ['managed identity']),
  ];
  return { clientId, displayName, proofs, roles: application.roles ?? [] };
}

const pageOfUsers = 50;

function shownUsers(people: People, from: number) {
  const users = [];
  for (let slot = from; slot < people.slots && users.length < pageOfUsers; slot += 1) {
    const user = people.at(slot);
    if (user === undefined) continue;
    users.push({
      id: people.idOf(slot),
      displayName: user.value('displayName'),
      userPrincipalName: user.value('userPrincipalName'),
      accountEnabled: user.value('accountEnabled'),
    });
  }
  return { total: people.size, from, users };
}

/** What people and tests may ask of, and do to, a running tenant. */
export function controlRoutes(parts: ControlParts): ControlRoutes {
  const { sandbox, people, replicas, graph } = parts;
  const { applications } = sandbox;
  return {
    'GET /': () => ({
      status: 200,
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy':
          "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; img-src data:; frame-ancestors 'none'",
      },
      body: page,
    }),
    'GET /tenant': () => {
      const { url, tenant, tenantDomain, authority, pipelines, managedIdentity } = sandbox;
      const { clientId, issuer, subject, audience } = sandbox.federatedClient;
      const federatedClient = { clientId, issuer, subject, audience };
      return jsonAnswer({
        url,
        tenant,
        tenantDomain,
        authority,
        federatedClient,
        pipelines,
        managedIdentity,
      });
    },
    'GET /applications': () => jsonAnswer(applications.list().map(shownApplication)),
    'POST /applications/consent': ({ body }) => {
      const { clientId, roles = [userReadAll] } = body as Pick<Application, 'clientId' | 'roles'>;
      const application = applications.find(clientId);
      if (application === undefined) throw new TypeError(`no application ${clientId}`);
      applications.register({ ...application, roles });
      return jsonAnswer(shownApplication({ ...application, roles }));
    },
    'GET /users': ({ url }) =>
      jsonAnswer(shownUsers(people, Math.max(0, Number(url.searchParams.get('from') ?? 0) || 0))),
    'GET /federated-assertion': async () => ({
      status: 200,
      headers: { 'content-type': 'text/plain' },
      body: await sandbox.federatedClient.assertion(),
    }),
    'POST /keys/roll': async ({ body }) => {
      await sandbox.rollKeys(body as { withdraw?: boolean });
      return jsonAnswer({ rolled: true });
    },
    'POST /tls': async ({ body }) => {
      const { flaw } = body as { flaw: TlsFlaw };
      const opened = await sandbox.breakTls(flaw);
      const [connections, requests] = [opened.connections(), opened.requests()];
      return jsonAnswer({ flaw, url: opened.url, connections, requests });
    },
    'GET /conditions': () => jsonAnswer(parts.conditions()),
    'POST /conditions': ({ body }) => {
      sandbox.setConditions(body as Conditions);
      return jsonAnswer(parts.conditions());
    },
    ...directoryRoutes({ people, replicas, changes: sandbox.changes, graph }),
    ...journalRoutes(sandbox.journal, sandbox.waits),
    ...faultRoutes(sandbox.faults, sandbox.hostile),
  };
}
