import { checkLink, type LinkTarget } from './link.ts';

/**
 * Finds the next link in the first bytes of a page, where it is before the users as in Graph's responses. It is only a
 * hint, by which the next page can be requested earlier: the link of the complete page decides.
 * @returns undefined when the members before `value` are incomplete, or no link that can be followed is among them
 */
export function earlyNextLink(
  start: Uint8Array,
  root: URL,
  target: LinkTarget,
): string | undefined {
  const text = Buffer.from(start.buffer, start.byteOffset, start.length).toString();
  // A quote within a text follows a backslash, so that this is not within one.
  const end = text.search(/,\s*"value"\s*:/u);
  if (end < 0) return undefined;
  try {
    const members = JSON.parse(`${text.slice(0, end)}}`) as Readonly<Record<string, unknown>>;
    const link = members['@odata.nextLink'];
    return typeof link === 'string' ? checkLink(link, root, target) : undefined;
  } catch {
    return undefined;
  }
}
