import { writeFile } from 'node:fs/promises';

import type { Tenant } from '../../tenant.ts';
import type { At, Platforms, Way } from './way.ts';

/** With a token of another issuer: from files, a command, pipelines, a cluster. */
export async function byFederation(
  tenant: Tenant,
  { federatedClient, pipelines }: Platforms,
  at: At,
): Promise<readonly Way[]> {
  const { clientId, issuer, subject } = federatedClient;
  const file = at('assertion');
  const url = `${tenant.control}/federated-assertion`;
  await writeFile(file, await (await fetch(url)).text(), { mode: 0o600 });
  const print = `fetch(${JSON.stringify(url)}).then(async (a) => console.log(await a.text()))`;
  const { github, azureDevops } = pipelines;
  const way = (name: string, rest: Partial<Way>, by: object = {}): Way => ({
    name,
    kind: 'federated',
    clientId,
    seen: {
      clientId,
      credential: 'federated',
      assertion: { algorithm: 'RS256', keyNamedBy: 'kid', chain: 0, issuer, subject, ...by },
    },
    ...rest,
  });
  return [
    way('a file', { credential: { file } }),
    way('a file named by a flag', { flags: ['--federated-token-file', file] }),
    way('an assertion file in the environment', { env: { AZURE_FEDERATED_TOKEN_FILE: file } }),
    way('a command', { credential: { command: [process.execPath, '-e', print] } }),
    way('Kubernetes workload identity', {
      credential: { kubernetes: true },
      env: { AZURE_FEDERATED_TOKEN_FILE: file },
    }),
    way(
      'GitHub Actions',
      {
        credential: { github: true, audience: 'api://AzureADTokenExchange' },
        env: githubJob(github),
      },
      byGithub,
    ),
    way(
      'Azure DevOps',
      {
        credential: { azureDevops: azureDevops.serviceConnection },
        env: azureDevopsJob(azureDevops),
      },
      byAzureDevops,
    ),
  ];
}

const byGithub = {
  issuer: 'https://token.actions.githubusercontent.com',
  subject: 'repo:contoso/rollcall:ref:refs/heads/main',
};
const byAzureDevops = {
  issuer: 'https://vstoken.dev.azure.com/00000000-0000-4000-8000-000000000001',
  subject: 'sc://contoso/rollcall/directory',
};

export function githubJob({ url, token }: Platforms['pipelines']['github']) {
  return { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token };
}

export function azureDevopsJob({
  url,
  token,
  serviceConnection,
}: Platforms['pipelines']['azureDevops']) {
  return {
    SYSTEM_OIDCREQUESTURI: url,
    SYSTEM_ACCESSTOKEN: token,
    AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: serviceConnection,
  };
}
