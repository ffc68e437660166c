import type { UnparsedObjects } from '../graph/parse-json.ts';
import { spanOf, valuesPerObject } from '../graph/scan-objects.ts';
import type { JsonItems } from '../json-items.ts';
import { compactJson } from './compact-json.ts';

/** The longest accepted id. Ids are opaque; Entra's are GUIDs of 36 characters. */
const longestId = 128;

/** The items of a page. They are parsed when they are used. */
export interface ItemList<Item> extends JsonItems {
  parse(): readonly Item[];
  /** Returns the items whose id is accepted. `accept` is called once for each item, in order. */
  filter(accept: (id: string) => boolean): ItemList<Item>;
  /** Returns at most `count` items from the start. */
  take(count: number): ItemList<Item>;
}

/** The ids of the objects; undefined when one has none, or one that is not text, is empty or too long. */
function idsOf({ bytes, spans }: UnparsedObjects): string[] | undefined {
  const ids: string[] = [];
  for (let at = 0; at < spans.length; at += valuesPerObject) {
    const text = bytes.toString('utf8', spans[at + spanOf.idStart], spans[at + spanOf.idEnd]);
    if (!text.startsWith('"')) return undefined;
    const id = text.includes('\\') ? (JSON.parse(text) as string) : text.slice(1, -1);
    if (id === '' || id.length > longestId) return undefined;
    ids.push(id);
  }
  return ids;
}

/**
 * Returns the objects at these places as a part of the body, with the separator in the place of each comma; undefined
 * when they are not next to each other. It saves a copy of the page.
 */
function joinedInPlace(
  { bytes, spans }: UnparsedObjects,
  places: readonly number[],
  separator: number,
): Buffer | undefined {
  const first = (places[0] ?? 0) * valuesPerObject;
  const last = (places.at(-1) ?? 0) * valuesPerObject;
  if (last - first !== (places.length - 1) * valuesPerObject) return undefined;
  for (let at = first; at <= last; at += valuesPerObject) {
    const end = spans[at + spanOf.end] ?? 0;
    const isNext = at === last || spans[at + valuesPerObject + spanOf.start] === end + 1;
    if (!isNext || spans[at + spanOf.hasSpace] === 1) return undefined;
  }
  for (let at = first; at < last; at += valuesPerObject)
    bytes[spans[at + spanOf.end] ?? 0] = separator;
  return bytes.subarray(spans[first + spanOf.start], spans[last + spanOf.end]);
}

/** Returns the objects at these places as JSON, each on one line, with a separator between them. */
function joined(objects: UnparsedObjects, places: readonly number[], separator: string): Buffer {
  const { bytes, spans } = objects;
  const between = Buffer.from(separator);
  const [single] = between.length === 1 && places.length > 0 ? between : [];
  const inPlace = single === undefined ? undefined : joinedInPlace(objects, places, single);
  if (inPlace !== undefined) return inPlace;
  // Compact texts are shorter than the array that they were in, whose separators are one byte at least.
  const target = Buffer.allocUnsafe(objects.end - objects.start + places.length * between.length);
  let length = 0;
  for (const place of places) {
    if (length > 0) length += between.copy(target, length);
    const from = place * valuesPerObject;
    const [start = 0, end = 0] = [spans[from + spanOf.start], spans[from + spanOf.end]];
    length +=
      spans[from + spanOf.hasSpace] === 1
        ? compactJson(bytes.subarray(start, end)).copy(target, length)
        : bytes.copy(target, length, start, end);
  }
  return target.subarray(0, length);
}

function listOf<Item>(
  objects: UnparsedObjects,
  ids: readonly string[],
  places: readonly number[],
): ItemList<Item> {
  const { bytes, spans } = objects;
  const parse = (place: number): Item => {
    const from = place * valuesPerObject;
    // Each item is a text of its own: a page as one text takes two bytes per character if a single name is not Latin-1.
    const text = bytes.toString('utf8', spans[from + spanOf.start], spans[from + spanOf.end]);
    return JSON.parse(text) as Item;
  };
  const select = (selected: readonly number[]): ItemList<Item> =>
    selected.length === places.length ? list : listOf(objects, ids, selected);
  const list: ItemList<Item> = {
    length: places.length,
    id: (at) => ids[places[at] ?? -1] ?? '',
    join: (separator) => joined(objects, places, separator),
    parse: () => places.map(parse),
    filter: (accept) => select(places.filter((place) => accept(ids[place] ?? ''))),
    take: (count) => select(places.slice(0, Math.max(0, count))),
  };
  return list;
}

/** Returns the items of a page; undefined when one of them has no valid id. */
export function createItemList<Item>(objects: UnparsedObjects): ItemList<Item> | undefined {
  const ids = idsOf(objects);
  return ids && listOf(objects, ids, [...ids.keys()]);
}
