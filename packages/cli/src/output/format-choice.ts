import { extname } from 'node:path';

import { type FormatName, formats } from '@rollcall/core/command-line';

import type { Console } from '../terminal/console.ts';

export interface FormatFlags {
  readonly output: string | undefined;
  readonly out?: string | undefined;
}

function isFormat(name: string): name is FormatName {
  return Object.hasOwn(formats, name);
}

/** Returns the format of `--output`, else of the file extension, else table on a terminal and json otherwise. */
export function formatChoice(
  { output, out }: FormatFlags,
  console: Pick<Console, 'outIsTerminal'>,
): FormatName {
  if (output !== undefined && isFormat(output)) return output;
  if (out === undefined) return console.outIsTerminal ? 'table' : 'json';
  const extension = extname(out).slice(1).toLowerCase();
  return isFormat(extension) ? extension : 'json';
}
