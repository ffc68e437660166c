import type { Call } from '../http/handler.ts';

/** Returns the address of the version of Graph that the caller uses: `/v1.0` or `/beta`. */
export function versionRoot(origin: string, { url }: Call): string {
  const [, version = ''] = url.pathname.split('/');
  return `${origin}/${version.toLowerCase()}`;
}
