import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { DeadlineError } from './deadline-error.ts';
import { exitCodeOf, exitCodes, internalError } from './exit-codes.ts';

function documented(file: string): string {
  return readFileSync(new URL(`../../../../docs/reference/${file}`, import.meta.url), 'utf8');
}

it.each(Object.entries(exitCodes))(
  '%s is %i, as docs/reference/errors.md says',
  (category, code) => {
    expect(documented('errors.md')).toMatch(
      new RegExp(`^\\| \`${category}\` \\| .+ \\| ${code} \\|$`, 'mu'),
    );
    expect(documented('commands.md')).toMatch(new RegExp(`^\\| ${code} \\| `, 'mu'));
  },
);

it.each([
  [new DeadlineError('answer'), exitCodes.service],
  [Object.assign(new Error('a front end’s own'), { category: 'usage' }), exitCodes.usage],
  [new Error('unexpected'), internalError],
  [Object.assign(new Error('hostile'), { category: 'constructor' }), internalError],
  ['text', internalError],
  [undefined, internalError],
])('%s', (thrown, code) => {
  expect(exitCodeOf(thrown)).toBe(code);
});
