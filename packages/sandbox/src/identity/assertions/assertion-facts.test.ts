import { expect, it } from 'vitest';

import { assertionFacts } from './assertion-facts.ts';

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

function unsigned(header: unknown, payload: unknown): string {
  return `${part(header)}.${part(payload)}.c2ln`;
}

it('the journal says how an assertion was made, and nothing that could be sent again', () => {
  const x5c = ['first', 'second'];
  const made = unsigned({ alg: 'PS256', 'x5t#S256': 't', x5c }, { iss: 'me', sub: 'me', jti: 'j' });
  expect(assertionFacts(made)).toEqual({
    algorithm: 'PS256',
    keyNamedBy: 'x5t#S256',
    chain: 2,
    issuer: 'me',
    subject: 'me',
  });
  expect(assertionFacts(unsigned({ alg: 'none' }, {}))).toEqual({
    algorithm: 'none',
    keyNamedBy: undefined,
    chain: 0,
    issuer: '',
    subject: '',
  });
});
