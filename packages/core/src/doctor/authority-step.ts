import type { Connection } from '../connection.ts';
import { tokenErrorOf } from '../credential/token-response/token-error-of.ts';
import type { DirectoryError } from '../errors/directory-error.ts';
import { ProtocolError } from '../errors/protocol-error.ts';
import { TokenEndpointError } from '../errors/token-endpoint-error.ts';
import { TokenRefusedError } from '../errors/token-refused-error.ts';
import type { HttpResponse } from '../ports.ts';
import { whyNoSignIn } from './endpoints.ts';
import { known, type Examined, type Step } from './step.ts';
import type { StepResult } from './verdict.ts';

function fieldsOf({ body }: HttpResponse): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The page of a gateway, or another service: not a response of the identity platform. */
function unexpectedResponder(
  { status, headers }: HttpResponse,
  { authority }: Connection,
): DirectoryError {
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no content type';
  return new ProtocolError('', {
    message: `${authority.host} did not respond like the Microsoft identity platform (${status}, ${type}).`,
    hint: 'Correct the setting authority. If it is right, look for a proxy, gateway or sign-in page of the network that responds in its place.',
  });
}

function refused(response: HttpResponse, { connection, ports }: Examined): DirectoryError {
  const { tenant, authority, application } = connection;
  const clientId = application?.clientId ?? '';
  const error = tokenErrorOf(response, fieldsOf(response), { ...connection, clientId, ports });
  if (error instanceof TokenRefusedError)
    return new TokenRefusedError(
      { status: error.status, error: error.error, aadsts: error.aadsts, traceId: error.requestId },
      error.hint,
      {
        message: `${authority.host} does not know the tenant ${tenant} (${error.status} ${error.error}).`,
        cause: error,
      },
    );
  return error instanceof TokenEndpointError && !error.retryable
    ? unexpectedResponder(response, connection)
    : error;
}

/**
 * A warning when the authority names another cloud's Graph: the global cloud also knows the tenants of national clouds.
 */
function otherCloud(named: unknown, { cloud, graph }: Connection): StepResult | undefined {
  if (typeof named !== 'string' || cloud === 'custom' || graph.host === named) return undefined;
  return {
    verdict: 'warning',
    message: `The authority says that the Graph of this tenant is ${named.slice(0, 100)}; the settings use ${graph.host}.`,
    hint: "Set cloud to the tenant's cloud (global, usgov, dod or china).",
  };
}

export const authorityStep: Step = {
  async examine(scenario) {
    const examined = known(scenario.examined);
    const { connection } = examined;
    const why = whyNoSignIn(connection);
    if (why !== undefined) return { verdict: 'skipped', message: `Not needed: ${why}.` };
    const { response } = scenario;
    if (response === undefined) throw scenario.noResponse;
    if (response.status !== 200) throw refused(response, examined);
    const fields = fieldsOf(response);
    const { token_endpoint: endpoint, issuer, msgraph_host: graphHost } = fields;
    if (typeof endpoint !== 'string' || typeof issuer !== 'string')
      throw unexpectedResponder(response, connection);
    return (
      otherCloud(graphHost, connection) ?? {
        verdict: 'ok',
        message: `${connection.authority.href} knows the tenant.`,
        facts: { issuer },
      }
    );
  },
};
