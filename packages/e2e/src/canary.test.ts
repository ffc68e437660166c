import { describe, expect, it } from 'vitest';

import { leaks } from './canary.ts';

const secret = 'Kx7~canary+Secret/42';
const printedAs = (stdout: string) => [{ args: ['users', 'list'], stdout, stderr: '' }];

describe('the canary search', () => {
  it.each([
    ['plain', `oops ${secret}`],
    ['the beginning', 'Kx7~cana…'],
    ['another case', secret.toUpperCase()],
    ['base64', Buffer.from(secret).toString('base64')],
    ['base64 behind a client id', Buffer.from(`0000:${secret}`).toString('base64')],
    ['base64 behind one character', Buffer.from(`:${secret}`).toString('base64')],
    ['base64url', Buffer.from(`ab${secret}`).toString('base64url')],
    ['percent-encoded', encodeURIComponent(secret)],
  ])('finds a secret: %s', (_, text) => {
    expect(leaks(printedAs(text), { secret })).not.toEqual([]);
  });

  it('names the secret and the place, and not the secret', () => {
    const [found = ''] = leaks(printedAs(secret), { 'the client secret': secret });
    expect(found).toBe('the client secret (plain) on stdout of: users list');
  });

  it('finds nothing in ordinary output', () => {
    expect(leaks(printedAs('[{"id":"1"}]'), { secret })).toEqual([]);
  });
});
