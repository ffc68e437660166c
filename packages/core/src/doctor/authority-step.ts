import { refusalOf } from '../credential/refusal/token-refusal.ts';
import { DirectoryError } from '../errors/directory-error.ts';
import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../errors/token-refused-error.ts';
import type { HttpResponse } from '../ports.ts';
import type { Connection } from '../connection.ts';
import { whyNoSignIn } from './hops.ts';
import { known, type Examined, type Step } from './step.ts';
import type { Finding } from './verdict.ts';

function fieldsOf({ body }: HttpResponse): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** A gateway's page, or another service altogether: nothing that the identity platform would say. */
function stranger({ status, headers }: HttpResponse, { authority }: Connection): DirectoryError {
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no type';
  return new DirectoryError(
    'E_PROTOCOL',
    `What answers at ${authority.host} is no identity platform (${status}, ${type}).`,
    {
      hint: 'Correct the setting authority; if it is right, look for a proxy, gateway or sign-in page of the network that answers in its place.',
    },
  );
}

function refused(answer: HttpResponse, { connection, ports }: Examined): DirectoryError {
  const { tenant, authority, application } = connection;
  const clientId = application?.clientId ?? '';
  const error = refusalOf(answer, fieldsOf(answer), { ...connection, clientId, ports });
  if (error instanceof TokenRefusedError)
    return new DirectoryError(
      'E_TOKEN_REFUSED',
      `${authority.host} knows no tenant ${tenant} (${error.status} ${error.error}).`,
      { hint: error.hint, requestId: error.requestId, cause: error },
    );
  return error instanceof TokenEndpointError && !error.retryable
    ? stranger(answer, connection)
    : error;
}

/** The tenant's own Graph, where the authority names it: tenants of national clouds are known to the global one too. */
function otherCloud(named: unknown, { cloud, graph }: Connection): Finding | undefined {
  if (typeof named !== 'string' || cloud === 'custom' || graph.host === named) return undefined;
  return {
    verdict: 'warning',
    says: `The authority says that this tenant's Graph is at ${named.slice(0, 100)}; the settings ask ${graph.host}.`,
    remedy: 'Set cloud to the one that the tenant lives in (global, usgov, dod or china).',
  };
}

export const authorityStep: Step = {
  async examine(about) {
    const examined = known(about.examined);
    const { connection } = examined;
    const why = whyNoSignIn(connection);
    if (why !== undefined) return { verdict: 'skipped', says: `Not needed: ${why}.` };
    if (about.answer === undefined) throw about.silence;
    const { answer } = about;
    if (answer.status !== 200) throw refused(answer, examined);
    const { token_endpoint: endpoint, issuer, msgraph_host: graphHost } = fieldsOf(answer);
    if (typeof endpoint !== 'string' || typeof issuer !== 'string')
      throw stranger(answer, connection);
    return (
      otherCloud(graphHost, connection) ?? {
        verdict: 'ok',
        says: `${connection.authority.href} knows the tenant.`,
        facts: { issuer },
      }
    );
  },
};
