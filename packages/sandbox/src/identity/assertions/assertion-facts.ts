import type { AssertionFacts } from '../../journal/entry.ts';
import { decodeAssertion } from './client-assertion.ts';

const keyNames = ['x5t#S256', 'x5t', 'kid'] as const;

/** @throws {TokenRefusal} 50027 if it is not a JWT */
export function assertionFacts(assertion: string): AssertionFacts {
  const { header, payload } = decodeAssertion(assertion);
  return {
    algorithm: header.alg ?? '',
    keyNamedBy: keyNames.find((name) => name in header),
    chain: Array.isArray(header.x5c) ? header.x5c.length : 0,
    issuer: payload.iss ?? '',
    subject: payload.sub ?? '',
  };
}
