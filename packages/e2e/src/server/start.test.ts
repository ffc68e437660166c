import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startServing } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 10 });
});
afterAll(async () => tenant[Symbol.asyncDispose]());

describe('starting and stopping the server', () => {
  it('says where it is in one JSON line, and nothing else on standard output', async () => {
    await using serving = await startServing(stage, tenant.flags);
    await serving.get('/v1.0/users');
    const { code, stdout, stderr } = await serving.stop();
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({ ready: true, url: serving.url });
    expect(new URL(serving.url).hostname).toBe('127.0.0.1');
    for (const line of stderr.trimEnd().split('\n'))
      expect(JSON.parse(line)).toHaveProperty('event');
  });

  it.each([
    ['settings that are missing', [], 2, 'AZURE_TENANT_ID'],
    ['an address that others can reach', ['--host', '0.0.0.0'], 2, '--callers'],
    ['an unknown flag', ['--colour'], 2, 'colour'],
    ['a port that is none', ['--port', 'x'], 2, '--port'],
  ])('refuses %s', async (_what, flags, code, named) => {
    const settings = named === 'AZURE_TENANT_ID' ? [] : tenant.flags;
    const ended = await stage.run('server', [...settings, ...flags], {
      cwd: import.meta.dirname,
      env: { HOME: tenant.folder },
    });
    expect(ended.code).toBe(code);
    expect(ended.stdout).toBe('');
    expect(ended.stderr).toContain(named);
    expect(ended.stderr).toContain('hint: ');
  });

  it('ends with 7 when the port is taken', async () => {
    await using serving = await startServing(stage, tenant.flags);
    const { port } = new URL(serving.url);
    const ended = await stage.run('server', [...tenant.flags, '--port', port]);
    expect([ended.code, ended.stderr.includes(port)]).toEqual([7, true]);
  });

  it('refuses to run with unchecked certificates (faults A2 row 18)', async () => {
    const ended = await stage.run('server', tenant.flags, {
      env: { NODE_TLS_REJECT_UNAUTHORIZED: '0' },
    });
    expect(ended.code).toBe(2);
    expect(ended.stderr).toContain('NODE_TLS_REJECT_UNAUTHORIZED');
  });

  it('tells its version and its help', async () => {
    expect((await stage.run('server', ['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    expect((await stage.run('server', ['--help'])).stdout).toContain('--port');
  });
});
