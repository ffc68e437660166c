import { format, inspect } from 'node:util';

import { expect, it } from 'vitest';

import { Secret } from './secret.ts';

it('is printed as [redacted] in every way', () => {
  const secret = new Secret('canary-4f1d');
  const printed = [
    `a ${String(secret)}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret, { depth: 10, showHidden: true }),
    inspect({ nested: { secret } }, { depth: 10, showHidden: true }),
    format('%s %o %j', secret, secret, secret),
    Object.values(secret).join(''),
  ];
  expect(printed.join('\n')).not.toContain('canary');
  expect(printed[0]).toBe('a [redacted]');
});

it('returns its value from reveal()', () => {
  expect(new Secret('canary-4f1d').reveal()).toBe('canary-4f1d');
});
