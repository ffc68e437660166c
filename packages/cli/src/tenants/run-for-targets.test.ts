import { SettingsError, ThrottledError, UnauthorizedError } from '@rollcall/core';
import { expect, it } from 'vitest';

import { worstExitCode } from '../process/worst-exit-code.ts';
import { createFakeContext } from '../testing/fake-context.ts';
import type { Target } from './find-targets.ts';
import { runForTargets } from './run-for-targets.ts';

const target = (name: string): Target => ({ name, profile: name, tenant: undefined });

it.each([
  ['a throttled tenant', [() => new ThrottledError({ status: 429 })], 5],
  ['a sign-in problem', [() => new UnauthorizedError({ status: 401 })], 3],
  [
    'both',
    [() => new ThrottledError({ status: 429 }), () => new UnauthorizedError({ status: 401 })],
    3,
  ],
  ['a bug among them', [() => new SettingsError([]), () => new TypeError('canary')], 70],
] as const)(
  'faults A11 row 120: %s does not stop the others, is reported with its name, and the worst code counts',
  async (_, failures, code) => {
    const { context, fake } = createFakeContext({});
    const done: string[] = [];
    const names = ['a', ...failures.map((__, at) => `bad${at}`), 'b', 'c', 'd', 'e'];
    const result = await runForTargets(names.map(target), context, async ({ name }, own) => {
      const failure = failures[Number(name.slice(3))];
      if (name.startsWith('bad') && failure !== undefined) throw failure();
      own.console.say({ level: 'info', event: 'x', text: 'done' });
      done.push(name);
    });
    expect(result).toBe(code);
    expect(done.toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    const lines = fake.stderr().split('\n');
    expect(lines).toContain('[a] done');
    for (const [at] of failures.entries())
      expect(lines.some((line) => line.startsWith(`[bad${at}] error: `))).toBe(true);
    expect(fake.stderr()).not.toContain('canary');
  },
);

it('runs four at a time', async () => {
  let running = 0;
  let most = 0;
  const names = Array.from({ length: 20 }, (_, at) => target(`t${at}`));
  const code = await runForTargets(names, createFakeContext({}).context, async () => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
  });
  expect({ code, most }).toEqual({ code: 0, most: 4 });
});

it('stops for a signal', async () => {
  const controller = new AbortController();
  const context = { ...createFakeContext({}).context, signal: controller.signal };
  const run = runForTargets([target('a'), target('b')], context, async () => {
    controller.abort(new Error('SIGINT'));
    throw new Error('aborted');
  });
  await expect(run).rejects.toThrow('SIGINT');
});

it.each([
  [[0, 5, 3], 3],
  [[5, 0], 5],
  [[6, 70], 70],
  [[2, 9], 2],
  [[], 0],
  [[0, 0], 0],
])('the worst of %j is %d', (codes, worst) => {
  expect(worstExitCode(codes)).toBe(worst);
});
