import { expect, it } from 'vitest';

import { createLinkSeal } from './link-seal.ts';

const place = {
  link: 'https://graph.example/v1.0/users?$skiptoken=abc',
  query: { pageSize: 5 },
};

it('gives back what it sealed, and shows nothing of it', () => {
  const seal = createLinkSeal();
  const token = seal.seal(place);
  expect(seal.open(token)).toEqual(place);
  expect(token).toMatch(/^[\w-]+$/u);
  expect(Buffer.from(token, 'base64url').toString('latin1')).not.toContain('graph.example');
});

it('refuses a token with any one character changed', () => {
  const seal = createLinkSeal();
  const token = seal.seal(place);
  for (let index = 0; index < token.length; index += 1) {
    const forged =
      token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
    expect(() => seal.open(forged)).toThrow('expired');
  }
});

it('refuses the token of another process', () => {
  expect(() => createLinkSeal().open(createLinkSeal().seal(place))).toThrow('expired');
});
