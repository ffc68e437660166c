import { X509Certificate } from 'node:crypto';

import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';

import { thumbprint } from '../../tls/thumbprint.ts';
import type { Application } from '../tenant/application.ts';
import type { AssertionLog } from './assertion-log.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';

/** Clocks of clients and service may differ by so much. */
const toleratedSkewSeconds = 300;
const algorithms = ['RS256', 'PS256'];

export interface AssertionRules {
  /** Every URL that names the tenant's token endpoint or issuer. */
  readonly audiences: readonly string[];
  readonly now: Date;
  readonly log: AssertionLog;
}

interface Parts {
  readonly header: ReturnType<typeof decodeProtectedHeader>;
  readonly payload: JWTPayload;
}

/** @throws {TokenRefusal} 50027 if it is not a JWT */
export function decodeAssertion(assertion: string): Parts {
  try {
    return { header: decodeProtectedHeader(assertion), payload: decodeJwt(assertion) };
  } catch {
    throw new TokenRefusal('malformedAssertion');
  }
}

/** The registered certificate that the header's `x5t#S256` or `x5t` names. */
function findCertificate(application: Application, header: Parts['header']): string {
  const wanted = (['sha256', 'sha1'] as const).flatMap((algorithm) => {
    const value = header[algorithm === 'sha256' ? 'x5t#S256' : 'x5t'];
    return typeof value === 'string' ? [{ algorithm, value }] : [];
  })[0];
  const found = application.certificates?.find(
    (pem) =>
      wanted !== undefined &&
      thumbprint(pem, wanted.algorithm).equals(Buffer.from(wanted.value, 'base64url')),
  );
  if (found !== undefined) return found;
  const hex = Buffer.from(wanted?.value ?? '', 'base64url').toString('hex');
  throw new TokenRefusal('unknownAssertionKey', { thumbprint: hex.toUpperCase() });
}

function showMoment(seconds: number | undefined): string {
  return seconds === undefined ? 'unknown' : new Date(seconds * 1000).toISOString();
}

export function checkDates(payload: JWTPayload, now: Date): void {
  const { nbf, exp } = payload;
  const seconds = Math.floor(now.getTime() / 1000);
  if (
    exp === undefined ||
    exp + toleratedSkewSeconds <= seconds ||
    (nbf !== undefined && nbf - toleratedSkewSeconds > seconds)
  )
    throw new TokenRefusal('assertionDates', {
      now: now.toISOString(),
      from: showMoment(nbf),
      until: showMoment(exp),
    });
}

/**
 * Verifies an assertion that the application signed with a registered certificate: signature (RS256, PS256),
 * certificate dates, audience, lifetime, `iss` = `sub` = client id, and a `jti`.
 * @throws {TokenRefusal}
 */
export async function checkClientAssertion(
  application: Application,
  assertion: string,
  rules: AssertionRules,
): Promise<void> {
  const { header, payload } = decodeAssertion(assertion);
  if (!algorithms.includes(header.alg ?? '')) throw new TokenRefusal('malformedAssertion');
  const certificate = new X509Certificate(findCertificate(application, header));
  try {
    await compactVerify(assertion, certificate.publicKey, { algorithms });
  } catch {
    throw new TokenRefusal('badAssertionSignature');
  }
  if (rules.now < certificate.validFromDate || rules.now > certificate.validToDate)
    throw new TokenRefusal('assertionCertificateDates');
  const audiences = [payload.aud ?? []].flat();
  if (!audiences.some((audience) => rules.audiences.includes(audience)))
    throw new TokenRefusal('assertionAudience');
  const id = application.clientId.toLowerCase();
  if (payload.iss?.toLowerCase() !== id || payload.sub?.toLowerCase() !== id)
    throw new TokenRefusal('assertionSubject');
  checkDates(payload, rules.now);
  if (typeof payload.jti !== 'string' || payload.jti === '')
    throw new TokenRefusal('malformedAssertion');
  rules.log.use(payload.jti, payload.exp ?? 0);
}
