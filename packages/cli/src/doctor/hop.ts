import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { getCACertificates, rootCertificates } from 'node:tls';

import type { Settings } from '@rollcall/core';

/** One of the two services between us and a user. */
export interface Hop {
  readonly name: 'sign-in' | 'Graph';
  readonly url: URL;
}

export function hops({ authority, graph }: Settings): readonly Hop[] {
  return [
    { name: 'sign-in', url: authority },
    { name: 'Graph', url: graph },
  ];
}

/** Host as `dns` and `tls` want it: IPv6 without its brackets. */
export function hostOf({ url }: Hop): string {
  return url.hostname.replace(/^\[|\]$/gu, '');
}

export function isAddress(hop: Hop): boolean {
  return isIP(hostOf(hop)) !== 0;
}

/** Everything that may have signed a host: what Node and the system trust, and the settings' own file. */
export async function authorities({ caFile }: Settings): Promise<string[]> {
  const own = caFile === undefined ? [] : [await readFile(caFile, 'utf8')];
  return [...rootCertificates, ...getCACertificates('system'), ...own];
}

/** What stands in for looking at a hop ourselves, where a proxy does it for us. */
export const behindProxy = {
  verdict: 'skipped',
  says: 'A proxy stands in between: the token and the first user show whether it lets us through.',
} as const;
