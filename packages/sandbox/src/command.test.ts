import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { lockFolder } from './client-files/folder-lock.ts';
import { run } from './command.ts';
import { startSandbox } from './start-sandbox.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command; `stop` is called with its first line. */
async function runUntilReady(args: Parameters<typeof run>[0], isTerminal = false) {
  const stopped = new AbortController();
  const printed = { stdout: '', stderr: '' };
  const code = await run(args, {
    stdout: {
      write: (text: string) => {
        printed.stdout += text;
        stopped.abort();
      },
    },
    isTerminal,
    stderr: { write: (text: string) => (printed.stderr += text) },
    signal: stopped.signal,
  });
  return { code, ...printed };
}

const modeOf = async (path: string): Promise<string> =>
  ((await stat(path)).mode & 0o777).toString(8);

it('prints one line when it is ready, and 0 when it was stopped', async () => {
  const dir = join(folder, 'made');
  const { code, stdout } = await runUntilReady({ users: 3, dir });
  expect(code).toBe(0);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toEqual({
    ready: true,
    url: expect.stringMatching(/^https:\/\/127\.0\.0\.1:\d+$/u),
    tenant: expect.any(String),
    clientId: expect.any(String),
    ca: `${dir}/ca.pem`,
    parameters: `${dir}/parameters.json`,
    certificateParameters: `${dir}/certificate.parameters.json`,
    noConsentParameters: `${dir}/no-consent.parameters.json`,
    control: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/u),
  });
  expect(await modeOf(dir)).toBe('700');
});

it('reports the start as text on a terminal, with the command to try first', async () => {
  const dir = join(folder, 'terminal');
  const { code, stdout } = await runUntilReady({ users: 3000, dir }, true);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^The mock tenant is ready\. Press Ctrl\+C to stop it\.\n/u);
  expect(stdout).toMatch(/^ {2}Graph and Entra {2}https:\/\/127\.0\.0\.1:\d+$/mu);
  expect(stdout).toMatch(/^ {2}Users {12}3,000$/mu);
  expect(stdout).toContain(
    `  rollcall users list --config ${dir}/parameters.json --ca ${dir}/ca.pem\n`,
  );
  const { stdout: without } = await runUntilReady({ users: 3 }, true);
  expect(without).toContain('--dir DIR');
});

it("writes the quickstart's parameters and the Node sample's .env", async () => {
  const dir = join(folder, 'files');
  const { stdout } = await runUntilReady({ users: 3, dir });
  const { url, tenant, clientId } = JSON.parse(stdout) as Record<string, string>;
  const read = async (name: string): Promise<Record<string, unknown>> =>
    JSON.parse(await readFile(join(dir, name), 'utf8')) as Record<string, unknown>;
  expect(await read('parameters.json')).toEqual({
    authority: `${url}/${tenant}`,
    client_id: clientId,
    scope: ['https://graph.microsoft.com/.default'],
    secret: expect.stringMatching(/^...8Q~.{34}$/u),
    endpoint: `${url}/v1.0/users`,
  });
  expect(await read('certificate.parameters.json')).toMatchObject({
    thumbprint: expect.stringMatching(/^[0-9A-F]{40}$/u),
    private_key_file: join(dir, 'client.key'),
  });
  const environment = await readFile(join(dir, '.env'), 'utf8');
  expect(environment.split('\n')).toEqual([
    `TENANT_ID=${tenant}`,
    `CLIENT_ID=${clientId}`,
    expect.stringMatching(/^CLIENT_SECRET=.{40}$/u),
    `AAD_ENDPOINT=${url}/`,
    `GRAPH_ENDPOINT=${url}/`,
    '',
  ]);
});

it('lets only the owner read files with secrets, even files that were there before', async () => {
  const dir = folder;
  await writeFile(join(dir, 'parameters.json'), '{}', { mode: 0o644 });
  await runUntilReady({ users: 3, dir });
  const secret = ['parameters.json', 'certificate.parameters.json', 'client.key', '.env'];
  expect(await Promise.all(secret.map((name) => modeOf(join(dir, name))))).toEqual(
    secret.map(() => '600'),
  );
});

it('refuses numbers out of range before anything starts', async () => {
  expect(await runUntilReady({ users: -1 })).toMatchObject({ code: 2, stdout: '' });
  expect(await runUntilReady({ users: 1.5 })).toMatchObject({ code: 2 });
  expect(await runUntilReady({ port: 70_000 })).toMatchObject({ code: 2 });
});

it('takes faults as flags, and refuses one that does not exist before anything starts', async () => {
  const good = { users: 3, fault: ['throttled:nth=2,retryAfter=3', 'drip:bytes=9'] };
  expect(await runUntilReady({ ...good, latency: 5 })).toMatchObject({ code: 0 });
  const bad = await runUntilReady({ users: 3, fault: ['nonsense'] });
  expect(bad).toMatchObject({ code: 2, stdout: '' });
  expect(bad.stderr).toContain('no fault of kind "nonsense"');
  expect(await runUntilReady({ users: 3, latency: -5 })).toMatchObject({ code: 2 });
});

it('takes the behavior of the tenant as flags, and refuses unknown names and values', async () => {
  const good = {
    skew: ['one-prefix'],
    quota: 300,
    'filtered-token-idle': 2,
    'replica-lag': ['0.5', '2'],
  };
  const behavior = ['principalNameRange=ignored', 'comparer=culture'];
  expect(await runUntilReady({ users: 3, ...good, behavior })).toMatchObject({ code: 0 });
  const stderrOf = async (args: object) => {
    const { code, stderr } = await runUntilReady({ users: 3, ...args });
    expect(code).toBe(2);
    return stderr;
  };
  expect(await stderrOf({ skew: ['guests'] })).toContain('one-prefix, one-second, half-guests');
  expect(await stderrOf({ quota: 0 })).toContain('--quota');
  for (const lag of ['-1', 'two', '', 'Infinity'])
    expect(await stderrOf({ 'replica-lag': ['2', lag] })).toContain('--replica-lag');
  expect(await stderrOf({ 'filtered-token-idle': -1 })).toContain('--filtered-token-idle');
  expect(await stderrOf({ behavior: ['comparer=random'] })).toContain('ignore-case, ordinal');
  expect(await stderrOf({ behavior: ['nothing=1'] })).toContain("'nothing'");
});

it('uses the users of a file, and exits 2 when the file is not usable', async () => {
  const file = join(folder, 'users.csv');
  await writeFile(file, 'displayName\nAda\nGrace\n');
  expect((await runUntilReady({ 'users-from': file }, true)).stdout).toMatch(/^ {2}Users +2$/mu);
  await writeFile(file, 'displayName,shoeSize\nAda,42\n');
  for (const path of [file, join(folder, 'none.csv')]) {
    const { code, stdout, stderr } = await runUntilReady({ 'users-from': path });
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/^error: Cannot (?:use|read) .*\n(?:.*\n)?hint: /u);
  }
});

it.each(['port', 'control-port'])('exits 7 when the port of --%s is in use', async (name) => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { code, stdout, stderr } = await runUntilReady({ users: 3, [name]: port });
  server.close();
  expect([code, stdout]).toEqual([7, '']);
  expect(stderr).toBe(
    `error: Cannot listen on 127.0.0.1, port ${port}: it is in use.\nhint: Use another port with --${name}, or 0 for any free port.\n`,
  );
});

const countListeners = (): number =>
  process.getActiveResourcesInfo().filter((name) => name === 'TCPServerWrap').length;

it('keeps no listener open when it cannot start', async () => {
  const before = countListeners();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await runUntilReady({ users: 3, 'control-port': port });
  server.close();
  await once(server, 'close');
  expect(countListeners()).toBe(before);
});

it.each(['/proc/sandbox/tenant', '/dev/null/tenant', '/sys/tenant'])(
  'exits 7 with one error when --dir %s cannot be created',
  async (dir) => {
    const { code, stdout, stderr } = await runUntilReady({ users: 3, dir });
    expect([code, stdout]).toEqual([7, '']);
    expect(stderr).toContain(`error: Cannot write client files to ${dir}: E`);
    expect(stderr).toContain('hint: Use a folder that you can write to with --dir.');
  },
);

it('does not overwrite the folder of a sandbox that runs, but that of one that has ended', async () => {
  await using first = await startSandbox({ users: 3 });
  await lockFolder(folder, { pid: 1, control: first.control, url: first.url });
  const refused = await runUntilReady({ users: 3, dir: folder });
  expect(refused).toMatchObject({ code: 7, stdout: '' });
  expect(refused.stderr).toContain(`is used by another sandbox (process 1, ${first.url})`);
  await first.stop();
  expect(await runUntilReady({ users: 3, dir: folder })).toMatchObject({ code: 0 });
  await expect(stat(join(folder, '.sandbox.lock'))).rejects.toMatchObject({ code: 'ENOENT' });
});

it('exits 7 when it cannot write its files', async () => {
  const file = join(folder, 'a-file');
  await writeFile(file, '');
  const { code, stderr } = await runUntilReady({ users: 3, dir: file });
  expect(code).toBe(7);
  expect(stderr).toContain('a-file');
});
