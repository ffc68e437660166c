/**
 * The next page's address: the request's own options as they were written, and the token. Graph promises an absolute
 * URL of the same host that carries the options (S5).
 */
export function pageLink(origin: string, url: URL, option: string, token: string): string {
  const kept = queryWithoutToken(url);
  return `${origin}${url.pathname}?${kept === '' ? '' : `${kept}&`}${option}=${token}`;
}

/** The options as written, without page and delta tokens: what a token is bound to. */
export function queryWithoutToken(url: URL): string {
  return url.search
    .slice(1)
    .split('&')
    .filter((pair) => !/^(?:\$|%24)(?:skip|delta)token=/i.test(pair))
    .join('&');
}
