import { CredentialError } from '../../errors/credential-error.ts';
import type { ProofReport } from '../proof-report.ts';

const sameForAll =
  'Let the issuer write a fresh one (Kubernetes: the projected token; a pipeline: a new step).';

function payloadOf(assertion: string): Record<string, unknown> | undefined {
  const [, payload, signature, ...more] = assertion.split('.');
  if (payload === undefined || signature === undefined || more.length > 0) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null
      ? (claims as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Looks at an assertion before it is sent: whether it is a JWT, and whether it has ended by the wall clock `now`. Its
 * signature and claims are the service's business.
 * @throws {CredentialError} naming where it came from, and nothing of what it says
 */
export function checkAssertion(
  text: string,
  from: string,
  now: number,
  files: readonly string[] = [],
): string {
  const assertion = text.trim();
  const claims = payloadOf(assertion);
  if (claims === undefined) {
    throw new CredentialError(
      `What ${from} gave as federated assertion is no JWT.`,
      'It must give one JSON Web Token, and nothing else.',
      { files },
    );
  }
  const { exp } = claims;
  if (typeof exp === 'number' && exp * 1000 <= now) {
    throw new CredentialError(
      `The federated assertion from ${from} expired on ${new Date(exp * 1000).toISOString()}.`,
      sameForAll,
      { files },
    );
  }
  return assertion;
}

/** A claim that should be text, as text; `aud` may be a list. */
function textOf(claim: unknown): string {
  const texts = [claim].flat().filter((each) => typeof each === 'string');
  return texts.length === 0 ? 'none' : texts.join(', ').slice(0, 300);
}

/** Who says what of whom to whom: what must agree with the federated credential, letter by letter. `now` is the wall clock. */
export function reportAssertion(assertion: string, from: string, now: number): ProofReport {
  const { iss, sub, aud, exp } = payloadOf(assertion) ?? {};
  const [issuer, subject, audience] = [textOf(iss), textOf(sub), textOf(aud)];
  const secondsLeft = typeof exp === 'number' ? Math.round(exp - now / 1000) : undefined;
  const lives =
    secondsLeft === undefined ? '' : ` It is good for ${Math.ceil(secondsLeft / 60)} minutes.`;
  return {
    says: `An assertion from ${from}: issuer ${issuer}, subject ${subject}, audience ${audience}.${lives}`,
    facts: { issuer, subject, audience, ...(secondsLeft === undefined ? {} : { secondsLeft }) },
  };
}
