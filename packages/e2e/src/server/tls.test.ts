import { execFile, execFileSync } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { missing, rollOf, runClient } from '../foreign-clients/run-client.ts';
import { startServing, type Serving } from '../serving.ts';
import { blockOf, readPage } from '../documentation/page-blocks.ts';
import { createStage, mainOf } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const users = 10_000;
const stage = createStage();
let tenant: Tenant;
let serving: Serving;
let tls: readonly string[];
let certificate = '';

function createCertificate(folder: string): void {
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost ' +
    '-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout server.key -out server.pem';
  execFileSync('openssl', request.split(' '), { cwd: folder, stdio: 'ignore' });
}

beforeAll(async () => {
  tenant = await startTenant(stage, { users });
  createCertificate(tenant.folder);
  certificate = join(tenant.folder, 'server.pem');
  tls = ['--tls-cert', certificate, '--tls-key', join(tenant.folder, 'server.key')];
  serving = await startServing(stage, [...tenant.flags, ...tls]);
});
afterAll(async () => {
  await serving.stop();
  await tenant[Symbol.asyncDispose]();
});

describe('the Graph SDK with the base URL of the server', () => {
  it.each([999, 500])('lists 10,000 users over HTTPS in pages of %i', async (top) => {
    expect(serving.url).toMatch(/^https:/u);
    await tenant.forget();
    const trust = { NODE_EXTRA_CA_CERTS: certificate };
    const args = [`${serving.url}/`, String(top)];
    const { code, stdout, stderr } = await runClient('graph-sdk-server.ts', args, trust);
    expect([code, stderr]).toEqual([0, '']);
    expect(rollOf(stdout)).toMatchObject({ count: users, distinct: users });
    const asked = (await tenant.journal()).filter((entry) => entry.class === 'graph');
    expect(asked.length).toBe(Math.ceil(users / top));
  });

  it('does not trust a certificate that it does not know', async () => {
    const { code, stdout } = await runClient('graph-sdk-server.ts', [`${serving.url}/`, '999'], {});
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});

describe('MSAL Python and requests with the endpoint of the server', () => {
  const lacking = missing('py');
  it.skipIf(lacking !== undefined)('list 10,000 users over HTTPS by next links', async () => {
    const endpoint = `${serving.url}/v1.0/users?$select=id&$top=999`;
    const config = await tenant.variation('python.json', { endpoint });
    const authorities = join(tenant.folder, 'authorities.pem');
    const texts = await Promise.all([tenant.ca, certificate].map((file) => readFile(file)));
    await writeFile(authorities, Buffer.concat(texts));
    const args = [config, 'known'];
    const trust = { REQUESTS_CA_BUNDLE: authorities };
    const { code, stdout, stderr } = await runClient('msal_python.py', args, trust);
    expect([code, stderr]).toEqual([0, '']);
    expect(rollOf(stdout)).toMatchObject({ count: users, distinct: users });
  });
});

describe('the guide run-the-server', () => {
  it('its scripts create a certificate, start the server, count, and stop it', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'guide-'));
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const program = `#!/bin/sh\nexec '${process.execPath}' '${mainOf('server')}' --ca '${tenant.ca}' "$@"\n`;
    await writeFile(join(bin, 'rollcall-server'), program, { mode: 0o755 });
    await copyFile(tenant.parameters, join(folder, 'rollcall.json'));
    const page = readPage('guides/run-the-server.md');
    const path = [bin, dirname(process.execPath), process.env['PATH']].join(':');
    const run = async (name: string): Promise<string> => {
      const options = { cwd: folder, env: { PATH: path } };
      const shell = promisify(execFile)('bash', ['-e', '-c', blockOf(page, name)], options);
      return (await shell).stdout;
    };
    await run('certificate.sh');
    await run('start.sh');
    try {
      expect(await run('request.sh')).toBe(String(users));
    } finally {
      await run('stop.sh');
    }
  });
});

describe('the start', () => {
  it('is refused with every problem of the addresses', async () => {
    const { code, stdout, stderr } = await stage.run('server', [
      ...tenant.flags,
      '--host=0.0.0.0',
      '--public-url=http://directory.example.com',
      '--tls-cert=/nowhere/server.pem',
      `--tls-key=${certificate}`,
    ]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain('Invalid configuration (4 errors)');
    for (const flag of ['--host', '--public-url', '--tls-cert', '--tls-key'])
      expect(stderr).toContain(flag);
  });

  it('is refused with a certificate without its key', async () => {
    const { code, stderr } = await stage.run('server', [...tenant.flags, ...tls.slice(0, 2)]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('must be used together')]);
  });
});
