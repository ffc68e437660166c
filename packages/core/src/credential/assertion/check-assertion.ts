import { CredentialError } from '../../errors/credential-error.ts';
import type { CredentialReport } from '../credential-report.ts';

const renewHint =
  'Get a new token from the issuer (Kubernetes: check the projected volume; a pipeline: start a new step).';

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
 * Checks before it is sent that an assertion is a JWT and has not expired. The service checks its signature and
 * claims.
 * @param now milliseconds since 1970
 * @throws {CredentialError} with the source of the assertion, but not its content
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
      `The federated token from ${from} is not a JWT.`,
      'The source must return one JSON Web Token and nothing else.',
      { files },
    );
  }
  const { exp } = claims;
  if (typeof exp === 'number' && exp * 1000 <= now) {
    throw new CredentialError(
      `The federated token from ${from} expired on ${new Date(exp * 1000).toISOString()}.`,
      renewHint,
      { files },
    );
  }
  return assertion;
}

/** Returns a claim as text; `aud` can be a list. */
function textOf(claim: unknown): string {
  const texts = [claim].flat().filter((each) => typeof each === 'string');
  return texts.length === 0 ? 'none' : texts.join(', ').slice(0, 300);
}

/**
 * Reports the claims that must be identical to those of the federated credential in the app registration.
 * @param now milliseconds since 1970
 */
export function reportAssertion(assertion: string, from: string, now: number): CredentialReport {
  const { iss, sub, aud, exp } = payloadOf(assertion) ?? {};
  const [issuer, subject, audience] = [textOf(iss), textOf(sub), textOf(aud)];
  const secondsLeft = typeof exp === 'number' ? Math.round(exp - now / 1000) : undefined;
  const expiry =
    secondsLeft === undefined ? '' : ` It expires in ${Math.ceil(secondsLeft / 60)} minutes.`;
  return {
    message: `A token from ${from}: issuer ${issuer}, subject ${subject}, audience ${audience}.${expiry}`,
    facts: { issuer, subject, audience, ...(secondsLeft === undefined ? {} : { secondsLeft }) },
  };
}
