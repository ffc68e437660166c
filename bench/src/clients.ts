import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Program } from './measured-run.ts';
import type { SandboxProcess } from './sandbox-process.ts';

/** A client that lists all users of a tenant. */
export interface Client {
  /** What the tables call it. */
  readonly title: string;
  /** Users per page. */
  readonly pageSize: number;
  /** Why it cannot run on this machine; `undefined` if it can. */
  readonly missing: () => string | undefined;
  /** The program; `home` is an empty folder for what it stores. */
  readonly program: (sandbox: SandboxProcess, home: string) => Program;
  /** Runs before the first measured run. */
  readonly prepare?: (sandbox: SandboxProcess, home: string) => void;
}

const folder = join(import.meta.dirname, '../clients');
const rollcall = join(import.meta.dirname, '../../packages/cli/dist/main.cjs');
const m365 = join(folder, 'node_modules/@pnp/cli-microsoft365/dist/index.js');

const available = (): undefined => undefined;

function needsInstall(): string | undefined {
  return existsSync(join(folder, 'node_modules'))
    ? undefined
    : 'not installed: run `npm ci --prefix bench/clients`';
}

function needsPython(): string | undefined {
  const { status } = spawnSync('/usr/bin/python3', ['-c', 'import msal, requests']);
  return status === 0 ? undefined : 'needs the Debian packages python3-msal and python3-requests';
}

function nodeProgram(main: string): Client['program'] {
  return ({ parameters, caFile }) => ({
    main: join(folder, main),
    args: [parameters],
    env: { NODE_EXTRA_CA_CERTS: caFile },
  });
}

/** Returns rollcall with NDJSON output. */
export function rollcallProgram(
  { parameters, caFile }: SandboxProcess,
  flags: readonly string[] = [],
): Program {
  const settings = ['--config', parameters, '--ca', caFile];
  return {
    main: rollcall,
    args: ['users', 'list', '-o', 'ndjson', '--quiet', ...settings, ...flags],
    env: {},
  };
}

function loop(file: string): Client['program'] {
  return ({ parameters, caFile }) => ({
    main: join(import.meta.dirname, 'loops', file),
    args: [parameters],
    env: { NODE_EXTRA_CA_CERTS: caFile },
  });
}

/** The CLI for Microsoft 365 has fixed hosts; a module that it loads first directs its connections to the sandbox. */
function m365Env({ url, caFile }: SandboxProcess, home: string): Record<string, string> {
  return {
    HOME: home,
    XDG_CONFIG_HOME: join(home, '.config'),
    CLIMICROSOFT365_NOUPDATE: '1',
    BENCH_PORT: new URL(url).port,
    NODE_EXTRA_CA_CERTS: caFile,
    NODE_OPTIONS: `--import ${join(folder, 'm365-redirect.mjs')}`,
  };
}

function signInM365(sandbox: SandboxProcess, home: string): void {
  const { clientId, tenant, secret } = sandbox;
  const login = ['login', '--authType', 'secret', '--appId', clientId, '--tenant', tenant];
  const { status, stderr } = spawnSync(process.execPath, [m365, ...login, '--secret', secret], {
    env: { PATH: process.env['PATH'] ?? '', ...m365Env(sandbox, home) },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`m365 login failed:\n${stderr}`);
}

/** Every client, in the order of the tables. */
export const clients = {
  rollcall: {
    title: 'rollcall',
    pageSize: 999,
    missing: available,
    program: (sandbox) => rollcallProgram(sandbox),
  },
  sequential: {
    title: 'rollcall --parallel off',
    pageSize: 999,
    missing: available,
    program: (sandbox) => rollcallProgram(sandbox, ['--parallel', 'off']),
  },
  'raw-loop': {
    title: 'raw loop (floor: undici, no parsing)',
    pageSize: 999,
    missing: available,
    program: loop('raw-loop.ts'),
  },
  'parse-loop': {
    title: 'parse loop (undici, JSON)',
    pageSize: 999,
    missing: available,
    program: loop('parse-loop.ts'),
  },
  'node-sample': {
    title: 'Node sample (MSAL, axios), `$top=999`',
    pageSize: 999,
    missing: needsInstall,
    program: nodeProgram('node-sample.mjs'),
  },
  'graph-client': {
    title: 'microsoft-graph-client, PageIterator',
    pageSize: 999,
    missing: needsInstall,
    program: nodeProgram('graph-client.mjs'),
  },
  kiota: {
    title: 'msgraph-sdk (kiota), PageIterator',
    pageSize: 999,
    missing: needsInstall,
    program: nodeProgram('kiota.mjs'),
  },
  python: {
    title: 'Python quickstart (MSAL), 100 per page',
    pageSize: 100,
    missing: needsPython,
    program: ({ parameters, caFile }) => ({
      runtime: 'python',
      main: join(folder, 'msal_python.py'),
      args: [parameters],
      env: { REQUESTS_CA_BUNDLE: caFile },
    }),
  },
  m365: {
    title: 'm365 entra user list, 100 per page',
    pageSize: 100,
    missing: needsInstall,
    prepare: signInM365,
    program: (sandbox, home) => ({
      main: m365,
      args: ['entra', 'user', 'list', '--output', 'json'],
      env: m365Env(sandbox, home),
    }),
  },
} satisfies Record<string, Client>;

export type ClientName = keyof typeof clients;

export const clientNames = Object.keys(clients) as readonly ClientName[];

/** A folder for what programs write, removed at the end. */
export async function createWorkFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'rollcall-bench-out-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
