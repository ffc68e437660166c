import { ForeignLinkError } from '../errors/foreign-link-error.ts';

/** The longest accepted link; Graph's have about 1 kB. */
const longestLink = 32 * 1024;

/** The paths below the Graph root to which links of `/users` or of a delta round can lead. */
const targets = {
  users: ['/users'],
  delta: [
    '/users/delta',
    '/users/delta()',
    '/users/microsoft.graph.delta',
    '/users/microsoft.graph.delta()',
  ],
} as const;

/** Where a link may lead: to the users, to a delta round, or to the collection of a path below the Graph root. */
export type LinkTarget = keyof typeof targets | `/${string}`;

/** Graph writes the segments of some paths in another case than its reference: `/directory/deleteditems`. */
function isPath(target: LinkTarget): target is `/${string}` {
  return target.startsWith('/');
}

/**
 * Checks that a link can be followed with a token: it has exactly the origin of the Graph root, no user, no fragment,
 * and leads to the collection that is being read. It is checked as text first, because URL parsers repair what is wrong
 * (tabs, backslashes, dot segments), and then as parsed. What is sent is the serialized URL, never the text.
 * @returns the serialized URL
 * @throws {ForeignLinkError} otherwise; it contains the reason, but not the link
 */
export function checkLink(text: string, root: URL, target: LinkTarget): string {
  if (text.length > longestLink) throw new ForeignLinkError(`it is ${text.length} characters long`);
  // Visible ASCII only: in a URL all other characters are percent-encoded.
  if (!/^[!-[\]-~]*$/.test(text))
    throw new ForeignLinkError('it contains characters that are not valid in a URL');
  const url = URL.parse(text);
  if (url === null) throw new ForeignLinkError('it is not an absolute URL');
  if (url.origin !== root.origin || !text.startsWith(`${root.origin}/`))
    throw new ForeignLinkError('its origin is not that of the Graph root');
  if (url.username !== '' || url.password !== '')
    throw new ForeignLinkError('it contains a user name or password');
  if (url.hash !== '' || text.includes('#')) throw new ForeignLinkError('it has a fragment');
  const base = root.pathname.replace(/\/+$/, '');
  const path = text.slice(root.origin.length).split('?', 1)[0];
  // Compared as sent, not as resolved: Graph writes neither dot segments nor escapes into a path.
  const allowed = isPath(target)
    ? path?.toLowerCase() === `${base}${target}`.toLowerCase()
    : targets[target].some((each) => path === `${base}${each}`);
  if (!allowed) throw new ForeignLinkError('it leads to another collection');
  return url.href;
}
