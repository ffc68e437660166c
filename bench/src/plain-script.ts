import { readFileSync } from 'node:fs';

import {
  ConfidentialClientApplication,
  type NetworkRequestOptions,
  type NetworkResponse,
} from '@azure/msal-node';
import { Agent, request } from 'undici';
import yargs from 'yargs';
import { z } from 'zod';

// A script as one writes it in an hour: everything is imported at the top. It prints the first page of users.
const { config, ca } = await yargs(process.argv.slice(2))
  .option('config', { type: 'string', demandOption: true })
  .option('ca', { type: 'string', demandOption: true })
  .parse();
const schema = z.object({
  authority: z.string(),
  client_id: z.string(),
  secret: z.string(),
  endpoint: z.string(),
  scope: z.array(z.string()),
});
const settings = schema.parse(JSON.parse(readFileSync(config, 'utf8')));
const dispatcher = new Agent({ connect: { ca: readFileSync(ca) }, allowH2: false });

interface Sent {
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

async function send(method: 'GET' | 'POST', url: string, { headers = {}, body }: Sent = {}) {
  const response = await request(url, { method, dispatcher, headers, body: body ?? null });
  return {
    status: response.statusCode,
    headers: response.headers as Record<string, string>,
    body: await response.body.json(),
  };
}

const application = new ConfidentialClientApplication({
  auth: {
    clientId: settings.client_id,
    clientSecret: settings.secret,
    authority: settings.authority,
    knownAuthorities: [new URL(settings.authority).host],
  },
  system: {
    networkClient: {
      sendGetRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
        send('GET', url, options) as Promise<NetworkResponse<T>>,
      sendPostRequestAsync: <T>(url: string, options?: NetworkRequestOptions) =>
        send('POST', url, options) as Promise<NetworkResponse<T>>,
    },
  },
});
const token = await application.acquireTokenByClientCredential({ scopes: settings.scope });
const { body } = await send('GET', settings.endpoint, {
  headers: { authorization: `Bearer ${token?.accessToken}` },
});
const { value } = body as { readonly value: readonly unknown[] };
process.stdout.write(`${JSON.stringify(value)}\n`);
await dispatcher.close();
