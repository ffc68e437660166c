import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import type { FaultKind } from './fault.ts';
import { faultKinds } from './kinds.ts';
import { readFaultFlag } from './read-fault.ts';

/** A row of the table in docs/sandbox.md. */
function row([name, { about, on, takes }]: [string, FaultKind]): string {
  const parameters = takes.map((parameter) => `\`${parameter}\``).join(' ');
  return `| \`${name}\` | ${about.replaceAll('|', '\\|')} | ${on} | ${parameters} |`;
}

const page = readFileSync(join(import.meta.dirname, '../../../../docs/sandbox.md'), 'utf8');

it('docs/sandbox.md shows faults that the flag accepts', () => {
  const shown = [...page.matchAll(/--fault ([a-z][^\s`]*)/gu)].map(([, flag = '']) => flag);
  expect(shown.length).toBeGreaterThan(4);
  for (const flag of shown) expect(readFaultFlag(flag)).toHaveProperty('kind');
});

it('docs/sandbox.md lists every kind in the words of its source', () => {
  const missing = Object.entries<FaultKind>(faultKinds)
    .map(row)
    .filter((line) => !page.includes(`${line}\n`));
  expect(missing).toEqual([]);
  expect(page).toContain(`${Object.keys(faultKinds).length} ways to go wrong`);
});
