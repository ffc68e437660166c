import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

/**
 * Reads a program's NDJSON back.
 * @returns the ids, sorted
 * @throws {Error} unless it holds `users` different people: a fast but wrong list does not count
 */
export async function idsIn(file: string, users: number): Promise<readonly string[]> {
  const ids: string[] = [];
  for await (const line of createInterface({ input: createReadStream(file) }))
    ids.push((JSON.parse(line) as { readonly id: string }).id);
  const distinct = new Set(ids).size;
  if (ids.length !== users || distinct !== users)
    throw new Error(`${file}: ${ids.length} users, ${distinct} different, of ${users}`);
  return ids.toSorted((a, b) => (a < b ? -1 : 1));
}
