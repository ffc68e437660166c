import { ForeignLinkError } from '../errors/foreign-link-error.ts';

/** Longest link that we take; Graph's are around 1 kB. */
const longestLink = 32 * 1024;

/** Which collections links of a listing or of a delta round may lead to, below the Graph root. */
const collections = {
  users: ['/users'],
  delta: [
    '/users/delta',
    '/users/delta()',
    '/users/microsoft.graph.delta',
    '/users/microsoft.graph.delta()',
  ],
} as const;

export type Collection = keyof typeof collections;

/**
 * A link that may be followed with a token: the exact origin of the Graph root, no user, no fragment, and the very
 * collection that is being read. Checked as text first, because URL parsers repair what is wrong (tabs, backslashes,
 * dot segments); then as parsed; what is sent is the parsed URL written anew, never the text.
 * @throws {ForeignLinkError} otherwise, naming the reason and not the link
 */
export function checkLink(text: string, root: URL, collection: Collection): URL {
  if (text.length > longestLink) throw new ForeignLinkError(`it is ${text.length} characters long`);
  // Visible ASCII only; what else URLs may hold arrives percent-encoded.
  if (!/^[!-[\]-~]*$/.test(text))
    throw new ForeignLinkError('it holds characters that no link holds');
  const url = URL.parse(text);
  if (url === null) throw new ForeignLinkError('it is no absolute URL');
  if (url.origin !== root.origin || !text.startsWith(`${root.origin}/`))
    throw new ForeignLinkError('its origin is not that of the Graph root');
  if (url.username !== '' || url.password !== '') throw new ForeignLinkError('it names a user');
  if (url.hash !== '' || text.includes('#')) throw new ForeignLinkError('it has a fragment');
  const base = root.pathname.replace(/\/+$/, '');
  const path = text.slice(root.origin.length).split('?', 1)[0];
  // Compared as sent, not as resolved: a path with dot segments or escapes is somebody's trick, whatever it ends as.
  if (!collections[collection].some((allowed) => path === `${base}${allowed}`))
    throw new ForeignLinkError('it leads to another collection');
  return url;
}
