/**
 * A user that was asked for alone, as it stands in a page: the answer's `@odata.context` names the service's own
 * address, and is the envelope's and not the user's.
 */
export function withoutContext<Item extends object>(
  body: Item & { '@odata.context'?: unknown },
): Item {
  const { '@odata.context': _, ...user } = body;
  return user as unknown as Item;
}
