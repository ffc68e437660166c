import { BlockList, isIP } from 'node:net';

/** `[::1]:8443`, `[::1]`, or, where no colon can be part of the name, `host:8443`. */
const withPort = /^(?:\[(?<address>[^\]]+)\]|(?<name>[^:]*))(?::(?<port>\d+))?$/u;

function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Whether `10.0.0.0/8` or `fd00::/8` has this host in it. A name is never looked up for it, as with curl and Go. */
function isInRange(host: string, range: string): boolean {
  const [, network = '', bits = ''] = /^\[?([^/\]]+)\]?\/(\d{1,3})$/u.exec(range) ?? [];
  if (isIP(host) === 0 || isIP(network) === 0) return false;
  if (Number(bits) > (isIP(network) === 6 ? 128 : 32)) return false;
  const list = new BlockList();
  list.addSubnet(network, Number(bits), familyOf(network));
  return list.check(host, familyOf(host));
}

/**
 * Whether NO_PROXY lists this URL's host: exact names, `.suffix` and `*.suffix`, addresses and their ranges
 * (`10.0.0.0/8`, `fd00::/8`), each name or address with a port or without, and `*` for all. Names without a dot in
 * front match their subdomains too, as in curl.
 */
export function bypassesProxy(url: URL, noProxy: string | undefined): boolean {
  const host = url.hostname.replace(/^\[|\]$/gu, '').toLowerCase();
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port;
  return (noProxy ?? '')
    .split(/[\s,]+/u)
    .filter((entry) => entry !== '')
    .map((entry) => entry.toLowerCase())
    .some((entry) => {
      if (entry === '*') return true;
      if (entry.includes('/')) return isInRange(host, entry);
      // An address of IPv6 without brackets is all colons, and has no port.
      const { address, name, port: only } = withPort.exec(entry)?.groups ?? { name: entry };
      if (only !== undefined && only !== port) return false;
      const listed = address ?? name ?? '';
      if (isIP(listed) !== 0) return isInRange(host, `${listed}/${isIP(listed) === 6 ? 128 : 32}`);
      const suffix = listed.replace(/^\*?\./u, '');
      return suffix !== '' && (host === suffix || host.endsWith(`.${suffix}`));
    });
}
