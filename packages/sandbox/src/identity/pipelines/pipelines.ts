import type { Answer, Call } from '../../http/handler.ts';
import type { FederatedCredential } from '../tenant/application.ts';
import { defaultAudience } from '../assertions/federated-assertion.ts';
import { createFederatedIssuer, type TrustedIssuer } from '../assertions/federated-issuer.ts';
import { newSecret } from '../new-secret.ts';

/** What a pipeline finds in its environment. */
export interface PipelineEndpoints {
  /** ACTIONS_ID_TOKEN_REQUEST_URL and ACTIONS_ID_TOKEN_REQUEST_TOKEN. */
  readonly github: { readonly url: string; readonly token: string };
  /** SYSTEM_OIDCREQUESTURI, SYSTEM_ACCESSTOKEN, and the id of the service connection that the job may use. */
  readonly azureDevops: {
    readonly url: string;
    readonly token: string;
    readonly serviceConnection: string;
  };
}

const githubNames = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:contoso/rollcall:ref:refs/heads/main',
  audience: defaultAudience,
};
const azureDevopsNames = {
  issuer: 'https://vstoken.dev.azure.com/00000000-0000-4000-8000-000000000001',
  subject: 'sc://contoso/rollcall/directory',
  audience: defaultAudience,
};

/** What the federated application trusts besides the cluster. */
export const pipelineCredentials: readonly FederatedCredential[] = [githubNames, azureDevopsNames];

const serviceConnection = '00000000-0000-4000-8000-000000000002';
const githubPath = '/pipelines/github/idtoken';
const azureDevopsPath = '/pipelines/azure-devops/oidctoken';
const json = { 'content-type': 'application/json; charset=utf-8' };

function isCalledBy(call: Call, token: string): boolean {
  return /^bearer (\S+)$/iu.exec(call.headers['authorization'] ?? '')?.[1] === token;
}

/**
 * The token services of two pipelines, each for a job that runs right now: GitHub's as its OpenID Connect reference
 * says, Azure DevOps' as REST "Oidctoken - Create" 7.1 does.
 */
export function createPipelines(now: () => number) {
  const github = createFederatedIssuer(githubNames, now);
  const azureDevops = createFederatedIssuer(azureDevopsNames, now);
  const [githubToken, azureDevopsToken] = [newSecret(), newSecret()];

  const askGithub = async (call: Call): Promise<Answer> => {
    if (call.method !== 'GET') return { status: 405, headers: {} };
    if (!isCalledBy(call, githubToken)) return { status: 401, headers: {} };
    // Of no use to Entra: the audience that a job gets that asks for none.
    const aud = call.url.searchParams.get('audience') ?? 'https://github.com/contoso';
    const value = await github.assertion({ aud });
    return { status: 200, headers: json, body: JSON.stringify({ count: value.length, value }) };
  };

  const askAzureDevops = async (call: Call): Promise<Answer> => {
    if (call.method !== 'POST') return { status: 405, headers: {} };
    if (!isCalledBy(call, azureDevopsToken))
      return call.headers['x-tfs-fedauthredirect'] === 'Suppress'
        ? { status: 401, headers: {} }
        : {
            status: 302,
            headers: { location: 'https://spsprodweu1.vssps.visualstudio.com/_signin' },
          };
    const query = call.url.searchParams;
    if (!query.has('api-version') || query.get('serviceConnectionId') !== serviceConnection)
      return { status: 404, headers: json, body: JSON.stringify({ message: 'not found' }) };
    const oidcToken = await azureDevops.assertion();
    return { status: 200, headers: json, body: JSON.stringify({ oidcToken }) };
  };

  const services: Readonly<Record<string, (call: Call) => Promise<Answer>>> = {
    [githubPath]: askGithub,
    [azureDevopsPath]: askAzureDevops,
  };
  return {
    /** Undefined for what is not a pipeline's. */
    handle: (call: Call): Promise<Answer> | undefined => services[call.url.pathname]?.(call),
    trusted: async (issuer: string): Promise<TrustedIssuer | undefined> =>
      [github, azureDevops].find((one) => one.issuer === issuer)?.trusted(),
    endpoints: (origin: string): PipelineEndpoints => ({
      github: { url: `${origin}${githubPath}?api-version=2.0`, token: githubToken },
      azureDevops: {
        url: `${origin}${azureDevopsPath}`,
        token: azureDevopsToken,
        serviceConnection,
      },
    }),
  };
}
