import { signAccessToken } from '../tokens/access-token.ts';
import { type Application, type Applications } from '../tenant/application.ts';
import type { Clock } from '../../clock.ts';
import type { Answer, Call } from '../../http/handler.ts';
import type { Resource } from '../tenant/resource.ts';
import type { SigningKey } from '../tokens/signing-key.ts';
import type { Tenant } from '../tenant/tenant.ts';
import type { Describe } from '../token-endpoint/token-endpoint.ts';

export interface ManagedIdentityParts {
  readonly tenant: Tenant;
  readonly applications: Applications;
  readonly resources: readonly Resource[];
  readonly clock: Clock;
  /** What App Service callers must send as `X-IDENTITY-HEADER`. */
  readonly header: string;
  signingKey(): SigningKey;
}

/** Managed identities get tokens of a day. */
const lifetimeSeconds = 86_400;

const json = { 'content-type': 'application/json; charset=utf-8' };

type Found = { readonly application: Application } | { readonly problem: string };

/** By `client_id`, `object_id` or a resource id, of which one may be given; the system-assigned one without. */
function findIdentity(applications: Applications, query: URLSearchParams): Found {
  const wanted = (['client_id', 'object_id', 'msi_res_id', 'mi_res_id'] as const).flatMap(
    (name) => {
      const value = query.get(name);
      return value === null ? [] : [{ name, value: value.toLowerCase() }];
    },
  );
  if (wanted.length > 1)
    return { problem: 'Only one of client_id, object_id and msi_res_id may be given' };
  const [only] = wanted;
  const identities = applications
    .list()
    .filter(({ managedIdentity }) => managedIdentity !== undefined);
  const application = identities.find((candidate) => {
    if (only === undefined) return candidate.managedIdentity === 'system';
    if (only.name === 'client_id') return candidate.clientId.toLowerCase() === only.value;
    if (only.name === 'object_id') return candidate.objectId.toLowerCase() === only.value;
    return (
      typeof candidate.managedIdentity === 'object' &&
      candidate.managedIdentity.resourceId.toLowerCase() === only.value
    );
  });
  return application === undefined ? { problem: 'Identity not found' } : { application };
}

/** Returns undefined for a resource that is not registered. */
async function issueToken(parts: ManagedIdentityParts, application: Application, asked: string) {
  const resource = parts.resources.find(({ identifiers }) =>
    identifiers.includes(asked.replace(/\/$/u, '')),
  );
  if (resource === undefined) return undefined;
  const now = parts.clock.now();
  const token = await signAccessToken(
    {
      tenant: parts.tenant,
      application,
      resource,
      roles: application.roles ?? [],
      authenticatedBy: '2',
      issuer: '',
      lifetimeSeconds,
      continuous: false,
      now: new Date(now),
    },
    parts.signingKey(),
  );
  const seconds = Math.floor(now / 1_000);
  return { token, expiresOn: seconds + lifetimeSeconds, notBefore: seconds - 300 };
}

/** The two endpoints of a virtual machine (IMDS) and of App Service that give tokens without any credential. */
export function createManagedIdentity(parts: ManagedIdentityParts) {
  const imds = async (call: Call, describe: Describe): Promise<Answer> => {
    const refuse = (error: string, text: string): Answer => ({
      status: 400,
      headers: json,
      body: JSON.stringify({ error, error_description: text }),
    });
    const query = call.url.searchParams;
    if (call.headers['metadata']?.toLowerCase() !== 'true')
      return refuse('bad_request_102', 'Required metadata header not specified');
    const resource = query.get('resource') ?? '';
    if (!query.has('api-version') || resource === '')
      return refuse('invalid_request', 'Required query variable missing: api-version, resource');
    const found = findIdentity(parts.applications, query);
    if ('problem' in found) return refuse('invalid_request', found.problem);
    describe({ clientId: found.application.clientId, credential: 'managed-identity' });
    const issued = await issueToken(parts, found.application, resource);
    if (issued === undefined)
      return refuse('invalid_resource', `AADSTS500011: The resource ${resource} was not found.`);
    return {
      status: 200,
      headers: json,
      body: JSON.stringify({
        access_token: issued.token,
        refresh_token: '',
        expires_in: String(lifetimeSeconds - 1),
        expires_on: String(issued.expiresOn),
        not_before: String(issued.notBefore),
        resource,
        token_type: 'Bearer',
      }),
    };
  };

  const appService = async (call: Call, describe: Describe): Promise<Answer> => {
    const refuse = (statusCode: number, message: string): Answer => ({
      status: statusCode,
      headers: json,
      body: JSON.stringify({ statusCode, message, correlationId: call.requestId }),
    });
    if (call.headers['x-identity-header'] !== parts.header)
      return refuse(401, 'The X-IDENTITY-HEADER is missing or wrong.');
    const resource = call.url.searchParams.get('resource') ?? '';
    const found = findIdentity(parts.applications, call.url.searchParams);
    if ('problem' in found) return refuse(400, found.problem);
    describe({ clientId: found.application.clientId, credential: 'managed-identity' });
    const issued = await issueToken(parts, found.application, resource);
    if (issued === undefined) return refuse(500, `The resource ${resource} was not found.`);
    return {
      status: 200,
      headers: json,
      body: JSON.stringify({
        access_token: issued.token,
        expires_on: String(issued.expiresOn),
        resource,
        token_type: 'Bearer',
        client_id: found.application.clientId,
      }),
    };
  };

  const routes: Readonly<Record<string, typeof imds>> = {
    '/metadata/identity/oauth2/token': imds,
    '/msi/token': appService,
  };

  return async (call: Call, describe: Describe): Promise<Answer> =>
    // MSAL Node ends the path with a slash.
    routes[call.url.pathname.replace(/\/$/u, '')]?.(call, describe) ?? { status: 404, headers: {} };
}
