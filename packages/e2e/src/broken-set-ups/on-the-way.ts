import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { SetUp } from './set-up.ts';

/** Without DNS that finds the hosts of Microsoft, the error would be that of a network outage. */
const dnsOfMicrosoft = new URL('dns-of-microsoft.mjs', import.meta.url).href;

/** A proxy that wants a user and a password. */
async function startStrictProxy(resources: AsyncDisposableStack): Promise<string> {
  const server = createServer();
  server.on('connect', (_, socket) => {
    socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  resources.defer(() => void server.close());
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Networks that do not lead to the services. */
export const onTheWay: readonly SetUp[] = [
  {
    heading: 'A host name that does not exist',
    async arrange({ parameters, tenant }) {
      await parameters({ authority: `https://login.invalid/${tenant.tenant}` });
      return { env: { NODE_OPTIONS: `--import ${dnsOfMicrosoft}` } };
    },
  },
  {
    heading: 'A proxy that requires a password',
    async arrange({ parameters, resources }) {
      await parameters({});
      const proxy = await startStrictProxy(resources);
      return { env: { HTTPS_PROXY: `http://${proxy}` }, words: { [proxy]: 'PROXY' } };
    },
  },
  {
    heading: 'A private certificate authority',
    async arrange({ parameters }) {
      await parameters({});
      return { flags: [] };
    },
  },
  {
    heading: 'Graph does not respond',
    async arrange({ parameters }) {
      await parameters({ endpoint: 'https://127.0.0.1:9/v1.0/users' });
      return {};
    },
  },
  {
    heading: 'Another site in place of the identity platform',
    fault: { kind: 'not-json', on: 'discovery' },
    async arrange({ parameters }) {
      await parameters({});
      return {};
    },
  },
  {
    heading: 'A clock that is ten minutes behind',
    fault: { kind: 'clock-skew', on: 'any', seconds: 600 },
    async arrange({ parameters }) {
      await parameters({});
      return {};
    },
  },
];
