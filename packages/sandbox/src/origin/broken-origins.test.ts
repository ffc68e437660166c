import { Agent, request } from 'undici';
import { afterAll, beforeAll, expect, it } from 'vitest';

import type { Sandbox } from '../sandbox.ts';
import { startSandbox } from '../start-sandbox.ts';
import type { TlsFlaw } from './broken-origins.ts';

let sandbox: Sandbox;
let dispatcher: Agent;
beforeAll(async () => {
  sandbox = await startSandbox({ users: 1 });
  dispatcher = new Agent({ allowH2: false, connect: { ca: sandbox.ca } });
});
afterAll(async () => {
  await dispatcher.destroy();
  await sandbox.stop();
});

it.each<[TlsFlaw, RegExp]>([
  ['untrusted', /UNABLE_TO_VERIFY|SELF_SIGNED|SIGNATURE/u],
  ['expired', /^CERT_HAS_EXPIRED$/u],
  ['not-yet-valid', /^CERT_NOT_YET_VALID$/u],
  ['wrong-name', /^ERR_TLS_CERT_ALTNAME_INVALID$/u],
  ['tls-1.1', /^ERR_SSL_.*PROTOCOL_VERSION|UNSUPPORTED_PROTOCOL/u],
])(
  'TLS that is %s is refused by a client after one connection, without a request',
  async (flaw, code) => {
    const broken = await sandbox.breakTls(flaw);
    const url = `${broken.url}/${sandbox.tenant}/v2.0/.well-known/openid-configuration`;
    const failure = await request(url, { dispatcher }).catch((error: unknown) => error);
    expect((failure as { code?: string }).code).toMatch(code);
    expect([broken.connections(), broken.requests()]).toEqual([1, 0]);
  },
);

it('is the same tenant to a client that looks away', async () => {
  const broken = await sandbox.breakTls('wrong-name');
  const careless = new Agent({ allowH2: false, connect: { rejectUnauthorized: false } });
  const before = broken.requests();
  const answer = await request(`${broken.url}/${sandbox.tenant}/discovery/keys`, {
    dispatcher: careless,
  });
  expect(answer.statusCode).toBe(200);
  await answer.body.dump();
  expect(broken.requests()).toBe(before + 1);
  await careless.destroy();
});

it('knows no other flaw', async () => {
  await expect(sandbox.breakTls('rusty' as TlsFlaw)).rejects.toThrow(/no flaw "rusty"/u);
});
