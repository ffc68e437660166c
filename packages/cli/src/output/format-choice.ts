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

/** @returns the format: as asked, else as the file is called, else what suits the reader */
export function formatChoice(
  { output, out }: FormatFlags,
  console: Pick<Console, 'outIsTerminal'>,
): FormatName {
  if (output !== undefined && isFormat(output)) return output;
  if (out === undefined) return console.outIsTerminal ? 'table' : 'json';
  const extension = extname(out).slice(1).toLowerCase();
  return isFormat(extension) ? extension : 'json';
}
