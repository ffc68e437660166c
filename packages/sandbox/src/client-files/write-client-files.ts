import { open } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import type { Sandbox, SecretClient } from '../sandbox.ts';
import { makeFolder } from './make-folder.ts';

/** Where the files are, each path starting with the folder as it was given. */
export interface ClientFiles {
  readonly ca: string;
  readonly parameters: string;
  readonly certificateParameters: string;
  readonly noConsentParameters: string;
}

const scope = ['https://graph.microsoft.com/.default'];

/** The keys of the quickstart's `parameters.json`, which both its samples read. */
function parameters(sandbox: Sandbox, clientId: string, proof: Record<string, string>): string {
  const values = {
    authority: sandbox.authority,
    client_id: clientId,
    scope,
    ...proof,
    endpoint: `${sandbox.url}/v1.0/users`,
  };
  return `${JSON.stringify(values, null, 2)}\n`;
}

/** The Node sample's `.env`. */
function environment(sandbox: Sandbox, client: SecretClient): string {
  return [
    `TENANT_ID=${sandbox.tenant}`,
    `CLIENT_ID=${client.clientId}`,
    `CLIENT_SECRET=${client.secret}`,
    `AAD_ENDPOINT=${sandbox.url}/`,
    `GRAPH_ENDPOINT=${sandbox.url}/`,
    '',
  ].join('\n');
}

/**
 * Writes what clients need into `directory`, which is made (0700) if it is not there. Files with a secret or key in
 * them are readable by their owner only.
 */
export async function writeClientFiles(sandbox: Sandbox, directory: string): Promise<ClientFiles> {
  const at = (name: string): string => join(directory, name);
  await makeFolder(directory);
  const { secretClient, certificateClient, noConsentClient } = sandbox;
  const secretOf = (client: SecretClient): string =>
    parameters(sandbox, client.clientId, { secret: client.secret });
  const files: readonly (readonly [name: string, text: string, mode: number])[] = [
    ['ca.pem', sandbox.ca, 0o644],
    ['parameters.json', secretOf(secretClient), 0o600],
    [
      'certificate.parameters.json',
      parameters(sandbox, certificateClient.clientId, {
        thumbprint: certificateClient.thumbprint,
        // Absolute, because the quickstart opens it relative to wherever it was started.
        private_key_file: resolve(at('client.key')),
      }),
      0o600,
    ],
    ['no-consent.parameters.json', secretOf(noConsentClient), 0o600],
    ['client.key', certificateClient.privateKey, 0o600],
    ['client.crt', certificateClient.certificate, 0o644],
    ['.env', environment(sandbox, secretClient), 0o600],
  ];
  await Promise.all(
    files.map(async ([name, text, mode]) => {
      // Files of an earlier run keep their mode when overwritten, so it is set again.
      const handle = await open(at(name), 'w', mode);
      try {
        await handle.chmod(mode);
        await handle.writeFile(text);
      } finally {
        await handle.close();
      }
    }),
  );
  return {
    ca: at('ca.pem'),
    parameters: at('parameters.json'),
    certificateParameters: at('certificate.parameters.json'),
    noConsentParameters: at('no-consent.parameters.json'),
  };
}
