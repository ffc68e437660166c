import { execFile, execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { get, type RequestOptions } from 'node:https';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';

import { blockOf, readPage } from '../documentation/page-blocks.ts';
import type { Finished } from '../processes.ts';
import type { Platforms } from '../sign-in/ways/way.ts';
import { createStage, mainOf } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const root = new URL('../../../../', import.meta.url);
const readDeployment = async (path: string): Promise<string> =>
  readFile(new URL(`deploy/${path}`, root), 'utf8');

/** An object of a YAML file, read by a path of names and indexes. */
function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string, unknown>)[key], value);
}

async function readObjects(): Promise<ReadonlyMap<string, unknown>> {
  const documents = parseAllDocuments(await readDeployment('kubernetes/rollcall-server.yaml'));
  return new Map(
    documents.map((document) => {
      expect(document.errors).toEqual([]);
      const object: unknown = document.toJS();
      return [String(at(object, 'kind')), object] as const;
    }),
  );
}

const stage = createStage();
let tenant: Tenant;
let platforms: Platforms;
/** The files that manifests mount, by the last part of their path. */
let files: Readonly<Record<string, string>>;
let key: string;

beforeAll(async () => {
  tenant = await startTenant(stage, { users: 10 });
  const { folder } = tenant;
  platforms = (await (await fetch(`${tenant.control}/tenant`)).json()) as Platforms;
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout tls.key -out tls.crt';
  execFileSync('openssl', request.split(' '), { cwd: folder, stdio: 'ignore' });
  const { stdout } = await stage.run('server', ['keys', 'create']);
  const created = JSON.parse(stdout) as { readonly key: string; readonly sha256: string };
  ({ key } = created);
  const pageKeys = join(folder, 'page-keys');
  await stage.run('server', ['page-keys', 'rotate', pageKeys]);
  const callers = at((await readObjects()).get('ConfigMap'), 'data', 'callers.json') as string;
  const zeros = '0'.repeat(64);
  await writeFile(join(folder, 'callers.json'), callers.replace(zeros, created.sha256), {
    mode: 0o600,
  });
  const config = blockOf(readPage('guides/run-the-server-in-production.md'), 'rollcall.json');
  const { credential } = JSON.parse(config) as {
    readonly credential: { readonly secretFile: string };
  };
  const secret = tenant.secrets['the client secret'] ?? '';
  await writeFile(join(folder, credential.secretFile), secret, { mode: 0o600 });
  const ofSandbox = {
    ...(JSON.parse(config) as object),
    tenant: undefined,
    clientId: tenant.clientId,
    authority: `${tenant.url}/${tenant.tenant}`,
    graph: `${tenant.url}/v1.0`,
    caFile: tenant.ca,
  };
  await writeFile(join(folder, 'rollcall.json'), JSON.stringify(ofSandbox), { mode: 0o600 });
  const token = join(folder, 'token');
  await writeFile(token, await (await fetch(`${tenant.control}/federated-assertion`)).text());
  await chmod(token, 0o600);
  files = {
    'tls.crt': join(folder, 'tls.crt'),
    'tls.key': join(folder, 'tls.key'),
    'server.pem': join(folder, 'tls.crt'),
    'server.key': join(folder, 'tls.key'),
    'callers.json': join(folder, 'callers.json'),
    'page-keys': pageKeys,
    'rollcall.json': join(folder, 'rollcall.json'),
    'client-secret': join(folder, credential.secretFile),
    'audit.log': join(folder, 'audit.log'),
    token,
  };
});
afterAll(async () => tenant[Symbol.asyncDispose]());

/** Replaces what belongs to the place of the deployment: folders, address and port, and the shared token cache. */
function here(args: readonly string[]): readonly string[] {
  return args.map((arg) => {
    if (arg.includes('redis://')) return '--token-cache=memory';
    return arg
      .replace('0.0.0.0', '127.0.0.1')
      .replace('8443', (port) => (/^(--port=)?8443$/u.test(arg) ? '0' : port))
      .replace(/(?<=^|=)\/[\w/.-]+\/(?<name>[\w.-]+)$/u, (path, name: string) => {
        const file = files[name];
        if (file === undefined) throw new Error(`no file for ${path}`);
        return file;
      });
  });
}

async function statusOf(options: RequestOptions): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    // The certificate is for the public name. Probes do not check it either.
    get({ ...options, rejectUnauthorized: false }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode));
    }).once('error', reject);
  });
}

interface ServeOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** For the sandbox. */
  readonly flags?: readonly string[];
}

/** Starts the server with the arguments of a deployment, runs `probe`, exports users, and stops it. */
async function serveWith(
  args: readonly string[],
  probe: (port: number) => Promise<void>,
  { env = {}, flags = [] }: ServeOptions = {},
): Promise<Finished> {
  await using running = stage.start('server', [...here(args), ...flags], { env });
  const { url } = JSON.parse(await running.line()) as { readonly url: string };
  const port = Number(new URL(url).port);
  await probe(port);
  const request = { port, path: '/users.csv?$select=id' };
  expect(await statusOf(request)).toBe(401);
  expect(await statusOf({ ...request, headers: { 'X-Api-Key': key } })).toBe(200);
  running.child.kill('SIGHUP');
  await expect.poll(async () => statusOf({ port, path: '/livez' })).toBe(200);
  const finished = await running.stop();
  expect(finished.code).toBe(0);
  return finished;
}

describe('deploy/kubernetes', () => {
  it('its objects refer to each other', async () => {
    const objects = await readObjects();
    expect([...objects.keys()]).toEqual([
      'ServiceAccount',
      'ConfigMap',
      'Deployment',
      'Service',
      'PodDisruptionBudget',
    ]);
    const labels = at(objects.get('Deployment'), 'spec', 'template', 'metadata', 'labels');
    for (const selector of [
      at(objects.get('Deployment'), 'spec', 'selector', 'matchLabels'),
      at(objects.get('Service'), 'spec', 'selector'),
      at(objects.get('PodDisruptionBudget'), 'spec', 'selector', 'matchLabels'),
    ])
      expect(labels).toMatchObject(selector as object);
    const pod = at(objects.get('Deployment'), 'spec', 'template', 'spec');
    const account = at(objects.get('ServiceAccount'), 'metadata', 'name');
    expect(at(pod, 'serviceAccountName')).toBe(account);
    const mounts = at(pod, 'containers', 0, 'volumeMounts') as readonly { readonly name: string }[];
    const volumes = at(pod, 'volumes') as readonly { readonly name: string }[];
    expect(mounts.map(({ name }) => name)).toEqual(volumes.map(({ name }) => name));
    const port = at(pod, 'containers', 0, 'ports', 0);
    expect(at(objects.get('Service'), 'spec', 'ports', 0, 'targetPort')).toBe(at(port, 'name'));
    expect(at(pod, 'containers', 0, 'args')).toContain(
      `--port=${String(at(port, 'containerPort'))}`,
    );
    const grace = at(pod, 'terminationGracePeriodSeconds') as number;
    const sleep = at(pod, 'containers', 0, 'lifecycle', 'preStop', 'sleep', 'seconds') as number;
    // The server drains for 26 seconds.
    expect(grace).toBeGreaterThan(sleep + 26);
  });

  it('its arguments start the server with workload identity, and its probes succeed', async () => {
    const pod = at((await readObjects()).get('Deployment'), 'spec', 'template', 'spec');
    const container = at(pod, 'containers', 0);
    const env = {
      AZURE_TENANT_ID: tenant.tenant,
      AZURE_CLIENT_ID: platforms.federatedClient.clientId,
      AZURE_AUTHORITY_HOST: tenant.url,
      AZURE_FEDERATED_TOKEN_FILE: files['token'] ?? '',
      GRAPH_ENDPOINT: `${tenant.url}/v1.0`,
    };
    const args = at(container, 'args') as readonly string[];
    const probeAll = async (port: number): Promise<void> => {
      for (const name of ['startupProbe', 'livenessProbe', 'readinessProbe']) {
        const { path, httpHeaders } = at(container, name, 'httpGet') as {
          readonly path: string;
          readonly httpHeaders: readonly { readonly name: string; readonly value: string }[];
        };
        const headers = Object.fromEntries(
          httpHeaders.map(({ name: header, value }) => [header, value]),
        );
        expect(await statusOf({ port, path, headers })).toBe(200);
        // The address of a pod, which a probe without the header would send.
        expect(await statusOf({ port, path, headers: { Host: '10.0.0.7:8443' } })).toBe(421);
      }
    };
    const { stdout } = await serveWith(args, probeAll, { env, flags: ['--ca', tenant.ca] });
    expect(stdout).toContain('"event":"export-ended"');
  });
});

describe('deploy/compose.yaml', () => {
  it('its command starts the server, and its health check succeeds', async () => {
    const compose: unknown = parse(await readDeployment('compose.yaml'));
    const server = at(compose, 'services', 'server');
    const mounted = (at(server, 'secrets') as readonly string[]).map(
      (name) => `/run/secrets/${name}`,
    );
    const args = at(server, 'command') as readonly string[];
    const used = args.flatMap((arg) => /=(?<path>\/.*)$/u.exec(arg)?.groups?.['path'] ?? []);
    // The configuration file names the file of the secret, which is in its folder.
    expect([...used, '/run/secrets/client-secret'].toSorted()).toEqual(mounted.toSorted());
    expect(Object.keys(at(compose, 'secrets') as object)).toEqual(at(server, 'secrets'));
    const [, program, ...check] = at(server, 'healthcheck', 'test') as readonly string[];
    expect(program).toBe('node');
    await serveWith(args, async (port) => {
      const onPort = check.map((part) => part.replace('8443', String(port)));
      await promisify(execFile)(process.execPath, onPort);
      const elsewhere = check.map((part) =>
        part.replace('/livez', '/no/such/path').replace('8443', String(port)),
      );
      await expect(promisify(execFile)(process.execPath, elsewhere)).rejects.toThrow();
    });
  });
});

describe('deploy/systemd', () => {
  it('its command starts the server, and writes the audit log', async () => {
    const unit = await readDeployment('systemd/rollcall-server.service');
    const [, command = ''] = /^ExecStart=(?<command>(?:.*\\\n)*.*)$/mu.exec(unit) ?? [];
    const [program = '', ...args] = command.replaceAll('\\\n', ' ').split(/\s+/u);
    expect(program).toMatch(/\/node_modules\/\.bin\/rollcall-server$/u);
    await serveWith(args, async () => {});
    expect(await readFile(files['audit.log'] ?? '', 'utf8')).toContain('"event":"export-ended"');
    const rotation = await readDeployment('systemd/rollcall-server.logrotate');
    expect(args).toContain(rotation.split(' ')[0]);
  });

  const analyze = '/usr/bin/systemd-analyze';
  it.skipIf(!existsSync(analyze))(`is a valid unit (needs ${analyze})`, async () => {
    const unit = await readDeployment('systemd/rollcall-server.service');
    const path = join(tenant.folder, 'rollcall-server.service');
    await writeFile(path, unit.replace(/^ExecStart=\S+/mu, 'ExecStart=/bin/true'));
    const { stderr } = await promisify(execFile)(analyze, ['verify', path]);
    expect(stderr.split('\n').filter((line) => line.includes('rollcall-server.service'))).toEqual(
      [],
    );
  });
});

describe('deploy/Dockerfile', () => {
  it('packs packages that exist, and starts a program that is in one of them', async () => {
    const text = await readDeployment('Dockerfile');
    const names = [...text.matchAll(/--workspace (?<path>\S+)/gu)].map(([, path]) => path);
    expect(names).toEqual(['packages/core', 'packages/server']);
    const [, entry = ''] =
      /^ENTRYPOINT \["node", "\/app\/node_modules\/@rollcall\/server\/(?<entry>.*)"\]$/mu.exec(
        text,
      ) ?? [];
    const manifest = JSON.parse(
      await readFile(new URL('packages/server/package.json', root), 'utf8'),
    ) as { readonly bin: Readonly<Record<string, string>> };
    expect(`./${entry}`).toBe(manifest.bin['rollcall-server']);
    expect(text).toMatch(/^USER [1-9]\d*:[1-9]\d*$/mu);
    const compose: unknown = parse(await readDeployment('compose.yaml'));
    expect(text).toContain(`USER ${String(at(compose, 'services', 'server', 'user'))}`);
    const pod = at((await readObjects()).get('Deployment'), 'spec', 'template', 'spec');
    expect(text).toContain(`USER ${String(at(pod, 'securityContext', 'runAsUser'))}:`);
  });
});

describe('the guide run-the-server-in-production', () => {
  const page = readPage('guides/run-the-server-in-production.md');

  it('its scripts create keys, start the server and export users', async () => {
    const folder = await mkdtemp(join(tenant.folder, 'guide-'));
    const bin = join(folder, 'bin');
    await mkdir(bin);
    const program = `#!/bin/sh\nexec '${process.execPath}' '${mainOf('server')}' "$@"\n`;
    await writeFile(join(bin, 'rollcall-server'), program, { mode: 0o755 });
    const path = [bin, dirname(process.execPath), process.env['PATH']].join(':');
    const run = async (name: string): Promise<string> => {
      const options = { cwd: folder, env: { PATH: path } };
      const shell = promisify(execFile)('bash', ['-e', '-c', blockOf(page, name)], options);
      return (await shell).stdout;
    };
    await run('keys.sh');
    await run('page-keys.sh');
    const { sha256 } = JSON.parse(await readFile(join(folder, 'key.json'), 'utf8')) as {
      readonly sha256: string;
    };
    const callers = blockOf(page, 'callers.json').replace('HASH', sha256);
    await writeFile(join(folder, 'callers.json'), callers, { mode: 0o600 });
    for (const name of ['rollcall.json', 'client-secret', 'server.pem', 'server.key']) {
      await copyFile(files[name] ?? '', join(folder, name));
      await chmod(join(folder, name), 0o600);
    }
    await run('start.sh');
    try {
      expect(await run('request.sh')).toMatch(
        /^\{"ready":true\}10rollcall_requests_total\{method="GET",route="\/readyz",status="200"\} 1\n/u,
      );
      expect((await readFile(join(folder, 'users.csv'), 'utf8')).split('\n')).toHaveLength(12);
      const records = (await readFile(join(folder, 'audit.log'), 'utf8')).trimEnd().split('\n');
      expect(records.map((line) => at(JSON.parse(line), 'event'))).toEqual([
        'export-started',
        'export-ended',
      ]);
      expect(at(JSON.parse(records[1] ?? ''), 'caller')).toBe('reports');
    } finally {
      process.kill(Number(await readFile(join(folder, 'server.pid'), 'utf8')));
    }
  });
});

it('the guide names files that exist', async () => {
  const page = readPage('guides/run-the-server-in-production.md');
  const named = [...page.text.matchAll(/`deploy\/(?<path>[^`]+)`/gu)].map(([, path = '']) => path);
  expect(named.length).toBeGreaterThan(2);
  for (const path of named) expect(existsSync(new URL(`deploy/${path}`, root))).toBe(true);
  expect(blockOf(page, 'callers.json')).toContain('sha256');
});
