import type { FaultContext } from '../fault.ts';

/**
 * Fills a fault's address: `{origin}`, `{hostile}` and `{hostile-http}` are origins, `{host}` is the tenant's host and
 * port, `{path}` and `{self}` the request's target without and with the origin, `{link}` the link that was to be sent.
 */
export function pointAt(template: string, context: FaultContext, link = ''): string {
  const { call, places } = context;
  const path = `${call.url.pathname}${call.url.search}`;
  const values: Readonly<Record<string, string>> = {
    origin: places.origin,
    hostile: places.hostile,
    'hostile-http': places.hostileHttp,
    host: new URL(places.origin).host,
    'hostile-host': new URL(places.hostile).host,
    path,
    self: `${places.origin}${path}`,
    link,
    'link-path': link.replace(/^https:\/\/[^/]*/u, ''),
  };
  return template.replaceAll(/\{([a-z-]+)\}/gu, (whole, name: string) => values[name] ?? whole);
}
