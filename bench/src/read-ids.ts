import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Reads the IDs of a program's NDJSON output.
 * @returns the IDs, sorted
 * @throws {Error} unless the file has exactly `users` distinct users: a fast but wrong list does not count
 */
export async function readIds(file: string, users: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) }))
    ids.push((JSON.parse(line) as { readonly id: string }).id);
  const distinct = new Set(ids).size;
  if (ids.length !== users || distinct !== users)
    throw new Error(`${file}: ${ids.length} users, ${distinct} distinct, expected ${users}`);
  return ids.toSorted((a, b) => (a < b ? -1 : 1));
}
