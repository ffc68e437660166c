import { createHash, timingSafeEqual } from 'node:crypto';

import type { Application } from '../tenant/application.ts';
import { TokenRefusal } from '../refusal/token-refusal.ts';

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function same(one: string, other: string): boolean {
  return timingSafeEqual(digest(one), digest(other));
}

/** @throws {TokenRefusal} 7000215 when none of the application's secrets is `given`, 7000222 when it has expired */
export function checkClientSecret(application: Application, given: string, now: Date): void {
  const match = application.secrets?.find((secret) => same(secret.value, given));
  const facts = { app: application.clientId };
  if (match === undefined) throw new TokenRefusal('wrongSecret', facts);
  if (match.expires !== undefined && match.expires <= now)
    throw new TokenRefusal('expiredSecret', facts);
}
