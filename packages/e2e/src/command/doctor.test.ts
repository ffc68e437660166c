import { existsSync } from 'node:fs';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { asPrinted, inWordsOf } from '../broken-set-ups/as-printed.ts';
import { openPlace } from '../broken-set-ups/open-place.ts';
import type { SetUp } from '../broken-set-ups/set-up.ts';
import { setUps } from '../broken-set-ups/set-ups.ts';
import { leaks } from '../canary.ts';
import { blockOf, type Page, readPage } from '../documentation/page-blocks.ts';
import { start } from '../processes.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const page = readPage('doctor.md');
const stage = createStage();
let tenant: Tenant;
beforeAll(async () => {
  tenant = await startTenant(stage, { users: 3 });
});
afterAll(async () => {
  await tenant[Symbol.asyncDispose]();
});

async function post(path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  const response = await fetch(`${tenant.control}${path}`, init);
  if (!response.ok) throw new Error(await response.text());
}

/** The first column of the page's table of steps. */
function stepsOf({ text }: Page): readonly string[] {
  const table = /^## The steps$(?<table>[^]*?)^## /mu.exec(text)?.groups?.['table'] ?? '';
  const [, , ...rows] = table.split('\n').filter((line) => line.startsWith('|'));
  return rows.map((row) => row.split('|')[1]?.trim() ?? '');
}

/** Makes a set-up in a folder of its own, and runs the doctor there. */
async function examine({ arrange }: SetUp, ...flags: readonly string[]) {
  const place = await openPlace(tenant);
  await using _ = place.resources;
  const arranged = await arrange(place);
  const trust = arranged.flags ?? ['--ca', tenant.ca];
  const { env } = arranged;
  const file = ['rollcall.json', 'parameters.json'].find((name) =>
    existsSync(join(place.folder, name)),
  );
  const config = file === undefined ? [] : ['--config', file];
  const found = await stage.run('rollcall', ['doctor', ...config, ...trust, ...flags], {
    cwd: place.folder,
    env,
  });
  const words = {
    [new URL(tenant.url).host]: 'HOST',
    [`${place.folder}/`]: '',
    ...arranged.words,
  };
  return { ...found, words };
}

/** All that is printed and the exit code, in the words of the page, which shows what went well once only. */
async function transcript(setUp: SetUp): Promise<string> {
  const { stdout, stderr, code, words } = await examine(setUp);
  const isWell = !/^[✖!]/mu.test(stdout);
  const all = `${stdout}${stderr}exit ${code}\n`;
  return asPrinted(isWell ? all : all.replaceAll(/^✔.*\n/gmu, ''), words);
}

const shown = new Map(
  page.blocks
    .filter(({ language }) => language === 'console')
    .map(({ heading, code }) => [heading, code]),
);

function named({ heading, lacks }: SetUp): string {
  return lacks === undefined ? heading : `${heading} (skipped: ${lacks})`;
}

describe('docs/doctor.md', () => {
  it('shows each configuration that is tested, and no other', () => {
    expect([...shown.keys()]).toEqual(setUps.map(({ heading }) => heading));
  });

  it('has one hint for each failure', () => {
    for (const text of shown.values()) {
      const fails = text.includes('✖') ? 1 : 0;
      expect(text.match(/^✖/gmu) ?? []).toHaveLength(fails);
      expect(
        text.match(/^✖.*\n(?: {8,}[^→].*\n)*? {8,}→ .*\n(?: .*\n)*– Skipped/gmu) ?? [],
      ).toHaveLength(fails);
    }
  });

  describe.concurrent('shows what the doctor says', () => {
    for (const setUp of setUps.filter(({ fault }) => fault === undefined))
      it.skipIf(setUp.lacks !== undefined)(named(setUp), async () => {
        expect(await transcript(setUp)).toBe(shown.get(setUp.heading));
      });
  });

  describe('shows what the doctor says while the service has a fault', () => {
    beforeEach(async () => {
      await post('/faults/clear', {});
    });
    afterAll(async () => {
      await post('/faults/clear', {});
    });
    for (const setUp of setUps.filter(({ fault }) => fault !== undefined))
      it.skipIf(setUp.lacks !== undefined)(named(setUp), async () => {
        await post('/faults', setUp.fault ?? {});
        expect(await transcript(setUp)).toBe(shown.get(setUp.heading));
      });
  });

  it('shows a verdict in JSON', async () => {
    const consent = setUps.find(({ heading }) => heading === 'Consent is missing');
    const { code, stdout, words } = await examine(consent as SetUp, '--json');
    const report = JSON.parse(inWordsOf(stdout, words)) as {
      readonly steps: readonly Record<string, unknown>[];
    };
    expect(report).toMatchObject({ healthy: false, exitCode: code });
    const verdicts = report.steps.map(({ step, verdict }) => `${String(step)}: ${String(verdict)}`);
    const steps = stepsOf(page);
    expect(verdicts).toEqual([
      ...steps.slice(0, 7).map((step) => `${step}: ok`),
      'permission: failed',
      ...steps.slice(8).map((step) => `${step}: not-run`),
    ]);
    const verdict = JSON.parse(blockOf(page, 'verdict')) as object;
    expect(verdict).toEqual({ ...report.steps[7], milliseconds: 0 });
  });

  it('shows how a Node program calls it', async () => {
    const place = await openPlace(tenant);
    await place.parameters({});
    await symlink(join(root, 'node_modules'), join(place.folder, 'node_modules'));
    const file = await place.write('watch.mjs', blockOf(page, 'file=watch.mjs'));
    await using running = start(file, [], {
      cwd: place.folder,
      env: { NODE_EXTRA_CA_CERTS: tenant.ca },
    });
    expect(await running.finished).toEqual({
      code: 0,
      signal: null,
      stdout: stepsOf(page)
        .map((step) => `${step}: ok\n`)
        .join(''),
      stderr: '',
    });
  });
});

it('never printed a secret, a key or a token', () => {
  const words = {
    ...tenant.secrets,
    'the wrong secret': 'Wr0ng~canary.for+this/test',
    'the ID of a secret': '77777777-2222-4333-8444-555555555555',
    'the password of a key': 'opensesame',
  };
  expect(stage.printed.length).toBeGreaterThan(setUps.length / 2);
  expect(leaks(stage.printed, words)).toEqual([]);
  expect(stage.printed.some(({ stdout }) => /eyJ[\w-]+\.eyJ/u.test(stdout))).toBe(false);
});
