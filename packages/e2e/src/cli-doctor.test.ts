import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { leaks } from './canary.ts';
import { createStage } from './stage.ts';
import { startTenant, type Tenant } from './tenant.ts';

const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

const doctor = (...args: readonly string[]) => stage.run('rollcall', ['doctor', ...args]);

/** What differs from run to run. */
function settled(text: string): string {
  return text
    .replaceAll(new URL(tenant.url).host, 'HOST')
    .replaceAll(tenant.folder, 'FOLDER')
    .replaceAll(/\.json:\d+:\d+/gu, '.json:LINE:COLUMN')
    .replaceAll(/ +\d+ ms/gu, ' N ms')
    .replaceAll(/request [\da-f-]{36}/gu, 'request ID')
    .replaceAll(/\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?/gu, 'DATE');
}

describe('doctor', () => {
  it('finds nothing wrong with a tenant that is set up', async () => {
    const { code, stdout, stderr } = await doctor(...tenant.flags);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(settled(stdout)).toMatchSnapshot();
  });

  const broken: readonly (readonly [what: string, code: number, flags: () => Promise<string[]>])[] =
    [
      [
        'settings that cannot be used',
        2,
        async () => [
          '--config',
          await tenant.variation('placeholder.json', { client_id: 'your_client_id' }),
        ],
      ],
      [
        'a wrong secret',
        3,
        async () => [
          '--config',
          await tenant.variation('wrong.json', { secret: 'Wr0ng~canary.for+this/test' }),
        ],
      ],
      [
        'an unknown tenant',
        3,
        async () => [
          '--config',
          await tenant.variation('other.json', {
            authority: `${tenant.url}/99999999-2222-4333-8444-555555555555`,
          }),
        ],
      ],
      ['no consent', 4, async () => ['--config', tenant.noConsentParameters]],
      [
        'a Graph that does not answer',
        5,
        async () => [
          '--config',
          await tenant.variation('gone.json', { endpoint: 'https://127.0.0.1:9/v1.0/users' }),
        ],
      ],
    ];
  it.each(broken)(
    'names the step, the reason and one remedy: %s, exit %i',
    async (_, code, flags) => {
      const found = await doctor('--ca', tenant.ca, ...(await flags()));
      expect({ code: found.code, stderr: found.stderr }).toEqual({ code, stderr: '' });
      expect(found.stdout.match(/^✖/gmu)).toHaveLength(1);
      expect(found.stdout.match(/→/gu)).toHaveLength(1);
      expect(settled(found.stdout)).toMatchSnapshot();
    },
  );

  it('names --ca where the authority is not known', async () => {
    const { code, stdout } = await doctor('--config', tenant.parameters);
    expect(code).toBe(6);
    expect(stdout).toMatch(/^✖ TLS .+\n +→ .+--ca/mu);
  });

  it('says the same to programs', async () => {
    const { code, stdout } = await doctor(
      '--json',
      '--ca',
      tenant.ca,
      '--config',
      tenant.noConsentParameters,
    );
    const report = JSON.parse(stdout) as { healthy: boolean; steps: Record<string, unknown>[] };
    expect({ code, healthy: report.healthy }).toEqual({ code: 4, healthy: false });
    expect(report.steps.map(({ step, verdict }) => `${String(step)}: ${String(verdict)}`)).toEqual([
      'settings: ok',
      'clock: ok',
      'DNS: ok',
      'TLS: ok',
      'authority: ok',
      'credential: ok',
      'token: ok',
      'permission: failed',
      'first user: not-tried',
      'time per hop: not-tried',
    ]);
    expect(report.steps[7]).toMatchObject({
      exitCode: 4,
      remedy: expect.stringContaining('adminconsent'),
    });
  });

  it('never prints a secret, a key or a token', () => {
    expect(
      leaks(stage.printed, { ...tenant.secrets, 'the wrong secret': 'Wr0ng~canary.for+this/test' }),
    ).toEqual([]);
    expect(stage.printed.some(({ stdout }) => /eyJ[\w-]+\.eyJ/u.test(stdout))).toBe(false);
  });
});
