import { parseJson } from '../../graph/parse-json.ts';
import { createItemList, type ItemList } from '../item-list.ts';

/** Returns items as a page contains them. */
export function itemListOf<Item>(items: readonly Item[]): ItemList<Item> {
  const body = parseJson(Buffer.from(JSON.stringify({ value: items })), true);
  const list =
    typeof body === 'string' ? undefined : body.objects && createItemList<Item>(body.objects);
  if (list === undefined) throw new Error('These items are not objects with IDs.');
  return list;
}
