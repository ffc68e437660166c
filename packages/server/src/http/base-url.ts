import type { Request } from 'express';

/**
 * Returns the address of the server for links: the public URL if there is one, else the host name of the request,
 * which was checked, and the port of the connection. The port of the `Host` header is not used, because a caller can
 * choose it.
 */
export function baseUrl(request: Request, publicUrl: string | undefined): string {
  if (publicUrl !== undefined) return publicUrl;
  const host = request.headers.host ?? '';
  const name = host.replace(/:\d{1,5}$/u, '');
  const { localPort } = request.socket;
  return `${request.protocol}://${name}${localPort === undefined ? '' : `:${localPort}`}`;
}
