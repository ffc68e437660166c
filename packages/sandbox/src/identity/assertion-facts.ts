import { decodeAssertion } from './client-assertion.ts';

/** What an assertion says of itself, for the journal: nothing in here proves anything to anybody. */
export interface AssertionFacts {
  /** `alg` of its header. */
  readonly algorithm: string;
  /** Which of the headers that name a key it has. */
  readonly keyNamedBy?: 'x5t#S256' | 'x5t' | 'kid' | undefined;
  /** How many certificates came along (`x5c`). */
  readonly chain: number;
  readonly issuer: string;
  readonly subject: string;
}

const keyNames = ['x5t#S256', 'x5t', 'kid'] as const;

/** @throws {TokenRefusal} 50027 when it is no JWT */
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
