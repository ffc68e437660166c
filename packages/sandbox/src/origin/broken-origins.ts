import type { SecureVersion } from 'node:tls';

import type { Origin } from './origin.ts';
import type { CertificateAuthority, CertifiedKey, ServerNames } from '../tls/certificates.ts';

interface Flaw {
  readonly names: ServerNames;
  /** Signed by a CA that no client trusts. */
  readonly untrusted?: boolean;
  readonly maxVersion?: SecureVersion;
}

/** Ways in which a server's TLS can be no good. */
export const tlsFlaws = {
  untrusted: { names: {}, untrusted: true },
  expired: { names: { days: [-30, -1] } },
  'not-yet-valid': { names: { days: [1, 30] } },
  'wrong-name': { names: { elsewhere: true, hostNames: ['elsewhere.example'] } },
  'tls-1.1': { names: {}, maxVersion: 'TLSv1.1' },
} as const satisfies Record<string, Flaw>;

export type TlsFlaw = keyof typeof tlsFlaws;

/** The tenant a second time, behind TLS that no client should accept. */
export interface BrokenOrigin {
  readonly url: string;
  /** TCP connections so far. A careful client makes one and sends no request. */
  connections(): number;
  /** Requests so far: 0 unless a client looked away. */
  requests(): number;
}

export interface BrokenOrigins {
  /** Starts it, or gives the one that runs. */
  open(flaw: TlsFlaw): Promise<BrokenOrigin>;
  close(): Promise<void>;
}

export interface BrokenOriginsParts {
  readonly authority: CertificateAuthority;
  makeAuthority(): Promise<CertificateAuthority>;
  start(
    certificate: CertifiedKey,
    maxVersion: SecureVersion | undefined,
    requested: () => void,
  ): Promise<Origin>;
}

/** Origins with broken TLS, each started when it is first asked for. */
export function createBrokenOrigins(parts: BrokenOriginsParts): BrokenOrigins {
  const started = new Map<TlsFlaw, Promise<{ origin: Origin; broken: BrokenOrigin }>>();
  const start = async (flaw: TlsFlaw) => {
    const { names, untrusted = false, maxVersion }: Flaw = tlsFlaws[flaw];
    const authority = untrusted ? await parts.makeAuthority() : parts.authority;
    let requests = 0;
    const origin = await parts.start(await authority.issue(names), maxVersion, () => {
      requests += 1;
    });
    const { url } = origin;
    const broken = { url, connections: () => origin.connections(), requests: () => requests };
    return { origin, broken };
  };
  return {
    async open(flaw) {
      if (!Object.hasOwn(tlsFlaws, flaw))
        throw new TypeError(`no flaw "${flaw}"; there are ${Object.keys(tlsFlaws).join(', ')}`);
      const known = started.get(flaw) ?? start(flaw);
      started.set(flaw, known);
      return (await known).broken;
    },
    async close() {
      const all = await Promise.all(started.values());
      await Promise.all(all.map(({ origin }) => origin.close()));
    },
  };
}
