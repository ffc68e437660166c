import { expect, it } from 'vitest';

import { checkLink } from './link.ts';

const root = new URL('https://graph.example/v1.0');

it.each([
  'https://graph.example/v1.0/users',
  'https://graph.example/v1.0/users?$top=5&$skiptoken=RFNwdAIAAQAAAD8-_x',
  "https://graph.example/v1.0/users?$skiptoken=X%27445370740200%27&$filter=a%20eq%20'b'",
])('faults A4 row 32: takes %s, and sends the parsed URL', (text) => {
  expect(checkLink(text, root, 'users')).toBe(new URL(text).href);
});

it.each([
  'https://graph.example/v1.0/users/delta?$deltatoken=a',
  'https://graph.example/v1.0/users/delta()?$skiptoken=a',
  'https://graph.example/v1.0/users/microsoft.graph.delta()?$skiptoken=a',
])('takes %s in a delta round only', (text) => {
  expect(checkLink(text, root, 'delta')).toBe(text);
  expect(() => checkLink(text, root, 'users')).toThrow('another collection');
});

it.each([
  'http://graph.example/v1.0/users',
  'https://graph.example:8443/v1.0/users',
  'https://graph.example:443/v1.0/users',
  'https://graph.example:x@attacker.example/v1.0/users',
  'https://graph.example@attacker.example/v1.0/users',
  'https://ada:secret@graph.example/v1.0/users',
  'https://@graph.example/v1.0/users',
  'https://graph.example\\@attacker.example/v1.0/users',
  'https:\\\\graph.example\\v1.0\\users',
  'https://graph.example\\.attacker.example/v1.0/users',
  'https://graph.example./v1.0/users',
  'https://GRAPH.example/v1.0/users',
  'HTTPS://graph.example/v1.0/users',
  'https://graph.exаmple/v1.0/users',
  'https://graph.example.attacker.example/v1.0/users',
  'https://attacker.example/https://graph.example/v1.0/users',
  'https://attacker.example/v1.0/users?https://graph.example/v1.0/users',
  'https://attacker.example#https://graph.example/v1.0/users',
  'https://graph。example/v1.0/users',
  'https://graph%2eexample/v1.0/users',
  '//attacker.example/v1.0/users',
  '///attacker.example/v1.0/users',
  '/v1.0/users?$skiptoken=a',
  'users?$skiptoken=a',
  '?$skiptoken=a',
  'data:application/json,{"value":[]}',
  'javascript:alert(1)',
  'file:///etc/passwd',
  'ftp://graph.example/v1.0/users',
  'blob:https://graph.example/v1.0/users',
  'https://graph.example/v1.0/../beta/users',
  'https://graph.example/beta/../v1.0/users',
  'https://graph.example/v1.0/./users',
  'https://graph.example/v1.0/%2e%2e/beta/users',
  'https://graph.example/v1.0/groups/%2e%2e/users',
  'https://graph.example/v1.0//users',
  'https://graph.example/v1.0/users/',
  'https://graph.example/v1.0/users/../groups',
  'https://graph.example/v1.0/Users',
  'https://graph.example/v1.0/users%2fdelta',
  'https://graph.example/v1.0/groups',
  'https://graph.example/beta/users',
  'https://graph.example/v1.0/me',
  'https://graph.example/v1.0/usersx',
  'https://graph.example/v1.0/users;x',
  'https://graph.example/v1.0/us\ters',
  'https://graph.example/v1.0/users?a\n=b',
  ' https://graph.example/v1.0/users',
  'https://graph.example/v1.0/users ',
  'https://graph.example/v1.0/users\u0000',
  'https://graph.example/v1.0/users#fragment',
  'https://graph.example/v1.0/users?a#',
  'https://127.0.0.1/v1.0/users',
  'https://[::1]/v1.0/users',
  'https://graph.example',
  '',
])('faults A4 row 33: refuses %j', (text) => {
  expect(() => checkLink(text, root, 'users')).toThrow(
    expect.objectContaining({ code: 'E_FOREIGN_LINK', retryable: false }),
  );
});

function sized(length: number): string {
  const start = 'https://graph.example/v1.0/users?$skiptoken=';
  return start + 'a'.repeat(length - start.length);
}

it('faults A4 row 41: takes links to 32 kB, and says how long a longer one is', () => {
  expect(checkLink(sized(32_768), root, 'users')).toHaveLength(32_768);
  expect(() => checkLink(sized(100_000), root, 'users')).toThrow('100000 characters');
});

it('keeps the link out of the error', () => {
  expect(() => checkLink('https://attacker.example/?canary=1', root, 'users')).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining('canary') }),
  );
});
