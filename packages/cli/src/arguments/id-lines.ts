import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import type { Context } from '../context.ts';
import { UsageError } from './usage-error.ts';

async function* linesOf(input: NodeJS.ReadableStream): AsyncGenerator<string, void, undefined> {
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    // Windows programs begin files with a byte order mark.
    const id = line.replace(/^\uFEFF/u, '').trim();
    if (id !== '') yield id;
  }
}

async function* linesOfFile(file: string, cwd: string): AsyncGenerator<string, void, undefined> {
  try {
    yield* linesOf(createReadStream(resolve(cwd, file), 'utf8'));
  } catch (error) {
    const { code = 'unknown' } = (error ?? {}) as { readonly code?: string };
    throw new UsageError(
      `Cannot read --ids ${file} (${code}).`,
      'Name a text file with one object ID or userPrincipalName per line, or "-" for stdin.',
    );
  }
}

/**
 * Returns the IDs of the arguments, then those of the file, one per line. `-` is standard input. The lines are read
 * while the users are requested. Empty lines are ignored.
 * @throws {UsageError} when no IDs are given, the file cannot be read, or standard input is named twice
 */
export function idLines(
  { ids, file }: { readonly ids: readonly string[]; readonly file: string | undefined },
  { cwd, stdin }: Pick<Context, 'cwd' | 'stdin'>,
): AsyncIterable<string> {
  const sources = [...ids, ...(file === '-' ? ['-'] : [])];
  if (sources.length === 0 && file === undefined)
    throw new UsageError(
      'Missing argument: ID (object ID or userPrincipalName).',
      'Specify at least one ID, "-" to read them from stdin, or --ids FILE.',
    );
  if (sources.filter((source) => source === '-').length > 1)
    throw new UsageError('Standard input is named twice.', 'Use "-" once.');
  return (async function* () {
    for (const source of sources) {
      if (source === '-') yield* linesOf(stdin);
      else yield source;
    }
    if (file !== undefined && file !== '-') yield* linesOfFile(file, cwd);
  })();
}
