import { existsSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { CredentialError, NetworkError, UnavailableError } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { runServer } from './run-server.ts';
import { createCertificateFiles } from '../testing/certificate-files.ts';
import { createFakeHost, type FakeHost } from '../testing/fake-host.ts';
import { createMemoryDirectory, type MemoryOptions } from '../testing/memory-directory.ts';

const settings = {
  AZURE_TENANT_ID: '11111111-2222-4333-8444-555555555555',
  AZURE_CLIENT_ID: '22222222-2222-4333-8444-555555555555',
  AZURE_CLIENT_SECRET: 'canary~Secret-1234567890',
};

interface BeginOptions {
  readonly argv?: readonly string[];
  readonly port?: string;
  readonly memory?: MemoryOptions;
}

function begin(
  host: FakeHost,
  { argv = [], port = '0', memory = { users: 3 } }: BeginOptions = {},
) {
  const errors: string[] = [];
  const directory = createMemoryDirectory(memory);
  const code = runServer(
    {
      argv: ['--port', port, ...argv],
      cwd: import.meta.dirname,
      stderr: { write: (text) => void errors.push(text) },
      open: async () => directory,
    },
    host,
  );
  return { code, errors, directory };
}

async function beginWithFiles() {
  const tls = createCertificateFiles('-days', '30');
  const audit = join(dirname(tls.key), 'audit.log');
  const host = createFakeHost(settings);
  const argv = ['--tls-cert', tls.certificate, '--tls-key', tls.key, '--audit-log', audit];
  const { code, errors } = begin(host, { argv });
  await host.ready;
  const events = () => errors.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { tls, audit, host, code, events };
}

describe('SIGHUP', () => {
  it('reads the certificate and opens the audit log again', async () => {
    const { tls, audit, host, code, events } = await beginWithFiles();
    renameSync(audit, `${audit}.1`);
    const renewed = createCertificateFiles('-days', '365');
    renameSync(renewed.key, tls.key);
    renameSync(renewed.certificate, tls.certificate);
    host.send('SIGHUP');
    await expect.poll(events).toContainEqual(expect.objectContaining({ event: 'tls-reloaded' }));
    expect(events()).toContainEqual(
      expect.objectContaining({ event: 'reloading', signal: 'SIGHUP' }),
    );
    await expect.poll(() => existsSync(audit)).toBe(true);
    host.send('SIGTERM');
    expect(await code).toBe(0);
  });

  it('keeps what it has, and goes on, when the files are invalid', async () => {
    const { tls, audit, host, code, events } = await beginWithFiles();
    writeFileSync(tls.key, 'canary');
    renameSync(audit, `${audit}.1`);
    symlinkSync('/dev/null', audit);
    host.send('SIGHUP');
    await expect
      .poll(() => events().map(({ event }) => event))
      .toEqual(expect.arrayContaining(['tls-reload-failed', 'audit-failed']));
    expect(JSON.stringify(events())).not.toContain('canary');
    host.send('SIGTERM');
    expect(await code).toBe(0);
  });
});

describe('a run', () => {
  it.each(['SIGTERM', 'SIGINT'])(
    'says where it is, serves, and ends with 0 on %s',
    async (signal) => {
      const host = createFakeHost(settings);
      const { code, directory, errors } = begin(host);
      const url = await host.ready;
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      host.send(signal);
      expect(await code).toBe(0);
      expect(host.printed).toEqual([`{"ready":true,"url":"${url}"}\n`]);
      expect(directory.disposed).toBe(true);
      expect(host.listeners()).toBe(0);
      const events = errors.map((line) => (JSON.parse(line) as { readonly event: string }).event);
      expect(events).toEqual(['ready', 'request-completed', 'stopping', 'stopped']);
    },
  );

  it('cuts what is under way on the second signal, and ends with 1', async () => {
    const host = createFakeHost(settings);
    const asked = Promise.withResolvers<void>();
    let isStarted = false;
    const { code } = begin(host, {
      memory: {
        users: 3,
        before: async (_page, signal) => {
          // The start reads one user, to check the credential.
          if (!isStarted) return;
          await new Promise((_resolve, reject) => {
            asked.resolve();
            signal?.addEventListener('abort', () => reject(signal.reason as Error));
          });
        },
      },
    });
    const url = await host.ready;
    isStarted = true;
    const held = fetch(`${url}/v1.0/users`).catch((error: unknown) => error);
    await asked.promise;
    host.send('SIGTERM');
    host.send('SIGTERM');
    expect(await code).toBe(1);
    expect(await held).toMatchObject({ message: 'fetch failed' });
  });

  it.each(['uncaughtException', 'unhandledRejection'])(
    'faults A9 row 105: stops with 70 after an %s, having said no word of what it held',
    async (event) => {
      const host = createFakeHost(settings);
      const { code, errors } = begin(host);
      await host.ready;
      host.send(event, new TypeError('canary'));
      expect(await code).toBe(70);
      expect(errors.join('')).toContain('"failure":"TypeError"');
      expect(errors.join('')).not.toContain('canary');
    },
  );

  it.each([
    ['settings that are missing', {}, [], 2],
    ['a host that is not loopback', settings, ['--host', '0.0.0.0'], 2],
    ['an unknown flag', settings, ['--tenent', 'x'], 2],
    ['a secret as a flag', settings, ['--client-secret', 'canary-flag'], 2],
    ['unchecked certificates', { ...settings, NODE_TLS_REJECT_UNAUTHORIZED: '0' }, [], 2],
  ])('does not start with %s', async (_what, env, argv, expected) => {
    const host = createFakeHost(env);
    const { code, errors } = begin(host, { argv });
    expect(await code).toBe(expected);
    expect(host.printed).toEqual([]);
    expect(errors.join('')).toMatch(/^error: .*\n(?:.*\n)*  hint: /u);
    expect(errors.join('')).not.toMatch(/canary|undefined/u);
  });

  it('does not start with a credential file that others can read, and names the remedy', async () => {
    const files = ['/etc/rollcall/client-secret'];
    const hint = { code: 'fix-file-permissions', command: 'Run chmod 600 on it.' } as const;
    const { code, errors, directory } = begin(createFakeHost(settings), {
      memory: {
        users: 3,
        before: () => {
          throw new CredentialError('The file can be read by other users', hint, { files });
        },
      },
    });
    expect(await code).toBe(3);
    expect(errors.join('')).toMatch(
      /^error: The file can be read by other users\n(?:.*\n)* *.*chmod 600/u,
    );
    expect(directory.disposed).toBe(true);
  });

  it.each([
    ['no file', new CredentialError('The managed identity does not respond', 'Try again.')],
    ['the network', new NetworkError({ host: 'graph.example', port: 443 }, 'ECONNREFUSED')],
    ['the service', new UnavailableError({ status: 503 })],
  ])('starts when the first request fails because of %s', async (_what, error) => {
    const host = createFakeHost(settings);
    const { code } = begin(host, {
      memory: {
        users: 3,
        before: () => {
          throw error;
        },
      },
    });
    const url = await host.ready;
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    host.send('SIGTERM');
    expect(await code).toBe(0);
  });

  it('reports that nothing is set, with the sources of settings', async () => {
    const { code, errors } = begin(createFakeHost({}));
    expect(await code).toBe(2);
    expect(errors.join('')).toMatch(
      /config \(no source\)\n {4}no flag, variable or file contains settings\n {2}code: E_SETTINGS\n {2}hint: Set AZURE_TENANT_ID/u,
    );
  });

  it('reports each setting that is missing, with the flags that set it', async () => {
    const { code, errors } = begin(createFakeHost({ AZURE_TENANT_ID: 'contoso.example' }));
    expect(await code).toBe(2);
    const text = errors.join('');
    expect(text).toMatch(
      /^error: Invalid configuration \(2 errors\)\n {2}clientId\n {4}required, not set\n/u,
    );
    expect(text).toContain('use --secret-file or --certificate');
    expect(text).toContain('\n  code: E_SETTINGS\n');
    expect(text).not.toContain('undefined');
  });

  it('ends with 7 when the port is taken, and closes the directory', async () => {
    const first = createFakeHost(settings);
    const running = begin(first);
    const { port } = new URL(await first.ready);
    const second = begin(createFakeHost(settings), { port });
    expect(await second.code).toBe(7);
    expect(second.errors.join('')).toContain(port);
    expect(second.directory.disposed).toBe(true);
    first.send('SIGTERM');
    expect(await running.code).toBe(0);
  });
});
