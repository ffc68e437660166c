import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { createStage, mainOf } from './stage.ts';
import { startTenant } from './tenant.ts';

/** Minutes, not seconds: `ROLLCALL_LONG=1 npx vitest run --project e2e packages/e2e/src/cli-long`. */
const long = process.env['ROLLCALL_LONG'] === '1' && process.platform === 'linux';
const minutes = 60_000;

/** Lists with the output read and dropped as it comes. @returns MB at the peak, and what was counted on the way */
async function measured(flags: readonly string[], format: string) {
  const child = spawn(
    process.execPath,
    [mainOf('rollcall'), 'users', 'list', '-o', format, ...flags],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  let peak = 0;
  let lines = 0;
  let receipt = '';
  const ended = once(child, 'close');
  child.stderr.setEncoding('utf8').on('data', (text: string) => (receipt += text));
  const reading = (async () => {
    for await (const line of createInterface({ input: child.stdout })) lines += line === '' ? 0 : 1;
  })();
  while (child.exitCode === null && child.signalCode === null) {
    const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/u.exec(status)?.[1] ?? 0) / 1024);
    await pause(100);
  }
  await reading;
  const [code] = (await ended) as [number | null];
  return { code, peak, lines, receipt };
}

describe.skipIf(!long)('a directory of 1,000,000', () => {
  it(
    'becomes NDJSON, CSV and JSON in memory that hardly grows',
    { timeout: 60 * minutes },
    async () => {
      const stage = createStage();
      await using small = await startTenant(stage, { users: 10_000 });
      await using large = await startTenant(stage, { users: 1_000_000 });
      for (const format of ['ndjson', 'csv', 'json']) {
        const few = await measured(small.flags, format);
        const many = await measured(large.flags, format);
        process.stdout.write(
          `${format}: ${few.peak.toFixed(0)} MB at 10,000, ${many.peak.toFixed(0)} MB at 1,000,000\n${many.receipt}`,
        );
        expect(few.code).toBe(0);
        expect(many.code).toBe(0);
        expect(many.lines).toBeGreaterThanOrEqual(1_000_000);
        expect(many.peak).toBeLessThan(200);
      }
    },
  );
});
