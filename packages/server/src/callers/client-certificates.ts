import type { X509Certificate } from 'node:crypto';

import type { Caller } from './caller.ts';
import type { CallersSettings } from './callers-settings.ts';

/** Returns the subject of a certificate on one line: `CN=reports, O=Contoso`. */
function subjectOf({ subject }: X509Certificate): string {
  return subject.split('\n').join(', ');
}

/** Returns a function that finds the caller of a certificate whose chain was verified. */
export function createClientCertificates({
  clients,
}: NonNullable<CallersSettings['certificates']>): (
  certificate: X509Certificate,
) => Caller | undefined {
  const bySubject = new Map(
    clients.map(({ name, subject, roles }): [string, Caller] => [
      subject,
      { id: `certificate:${name}`, name, roles: new Set(roles) },
    ]),
  );
  return (certificate) => bySubject.get(subjectOf(certificate));
}
