import { extname } from 'node:path';

import { type FormatName, formats } from '@rollcall/core/command-line';

import { UsageError } from '../arguments/usage-error.ts';
import type { Console } from '../terminal/console.ts';

export interface FormatFlags {
  readonly output: string | undefined;
  readonly out?: string | undefined;
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** Extensions that are in use for a format of another name. */
const otherExtensions: Readonly<Record<string, FormatName>> = { jsonl: 'ndjson', yml: 'yaml' };

/**
 * Returns the format of `--output`, else of the file extension, else table on a terminal and json otherwise.
 * @throws {UsageError} for an extension of no format: JSON in a file `users.xlsx` is not noticed until it is opened
 */
export function formatChoice(
  { output, out }: FormatFlags,
  console: Pick<Console, 'outIsTerminal'>,
): FormatName {
  if (output !== undefined && isFormat(output)) return output;
  if (out === undefined) return console.outIsTerminal ? 'table' : 'json';
  const extension = extname(out).slice(1).toLowerCase();
  if (isFormat(extension)) return extension;
  if (Object.hasOwn(otherExtensions, extension)) return otherExtensions[extension] ?? 'ndjson';
  throw new UsageError(
    extension === ''
      ? `The name of --out has no extension that determines the format: ${out}.`
      : `The extension .${extension} of --out is not an output format.`,
    `Add -o FORMAT, or end the name in ${Object.keys(formats)
      .map((name) => `.${name}`)
      .join(', ')}.`,
  );
}
