import { createReadStream } from 'node:fs';

const idLength = 36;
const idPattern = /"id":\s?"(?<id>[0-9a-f-]{36})"/gu;
/** The longest text of an ID with its key. */
const longest = '"id": ""'.length + idLength;

/**
 * Counts the users in the output of a program, whichever JSON it writes.
 * @returns the number of distinct IDs
 */
export async function countUsers(file: string): Promise<number> {
  const ids = new Set<string>();
  let rest = '';
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    const text = rest + (chunk as Buffer).toString('latin1');
    for (const { groups } of text.matchAll(idPattern)) ids.add(groups?.['id'] ?? '');
    rest = text.slice(-longest);
  }
  return ids.size;
}
