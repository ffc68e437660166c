import { expect, it } from 'vitest';

import { ForeignLinkError } from '../errors/foreign-link-error.ts';
import { checkLink } from './link.ts';

const root = new URL('https://graph.example/v1.0');
const generated = 100_000;

/** The same numbers each time (mulberry32), so that a failure can be looked at. */
function createDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides;
  };
}

const parts = {
  scheme: ['https:', 'https:', 'https:', 'http:', 'HTTPS:', 'wss:', 'ftp:', 'blob:https:', ''],
  slashes: ['//', '//', '//', '/', '///', '\\\\', '/\\', '//\t', ''],
  user: ['', '', '', 'graph.example@', 'graph.example:443@', 'a:b@', '@', 'graph.example%40'],
  host: [
    'graph.example',
    'graph.example',
    'graph.example',
    'GRAPH.example',
    'graph.example.',
    'graph.example.attacker.example',
    'attacker.example',
    'graph。example',
    'grаph.example',
    'graph.example%2eattacker.example',
    'graph.example\\.attacker.example',
    'graph.exam\tple',
    '127.0.0.1',
    '[::1]',
  ],
  tail: [
    '',
    '',
    '',
    ':443',
    ':8443',
    ':0',
    '@attacker.example',
    '\\@attacker.example',
    '#@attacker.example',
  ],
  path: [
    '/v1.0/users',
    '/v1.0/users',
    '/v1.0/users',
    '/v1.0/../beta/users',
    '/v1.0/%2e%2e/groups',
    '/v1.0//users',
    '/v1.0/users/..;/groups',
    '/beta/users',
    '\\v1.0\\users',
    '',
  ],
  query: ['?$skiptoken=a', '?$skiptoken=a', '', '#', '?a\n=b', '?//attacker.example', ' '],
} as const;

function hostile(dice: (sides: number) => number): string {
  return Object.values(parts)
    .map((choices) => choices[dice(choices.length)] ?? '')
    .join('');
}

/** What a token may be sent to, in the terms of the URL standard and no other. */
function isOurs(url: URL): boolean {
  return (
    url.origin === root.origin &&
    url.username === '' &&
    url.password === '' &&
    url.hash === '' &&
    url.pathname === '/v1.0/users'
  );
}

it('faults A4 row 33: of 100,000 generated links, only those to the very collection pass', () => {
  const dice = createDice(20_261_122);
  const led: string[] = [];
  let [taken, fooled] = [0, 0];
  for (let at = 0; at < generated; at += 1) {
    const text = hostile(dice);
    const parsed = URL.parse(text);
    // The check that most clients have: it must be fooled here, or this test proves nothing.
    if (text.startsWith(root.origin) && (parsed === null || !isOurs(parsed))) fooled += 1;
    try {
      const url = checkLink(text, root, 'users');
      taken += 1;
      if (!isOurs(new URL(url))) led.push(text);
    } catch (error) {
      if (!(error instanceof ForeignLinkError)) throw error;
    }
  }
  expect(led).toEqual([]);
  expect(taken).toBeGreaterThan(10);
  expect(fooled).toBeGreaterThan(1000);
}, 60_000);
