import { parseEnv } from 'node:util';

import type { Report } from '../report.ts';

/** One variable of an env file, with the place where it is set as `file:line`. */
export interface EnvFileVariable {
  readonly name: string;
  readonly value: string;
  readonly source: string;
}

const assignment = /^\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*)$/u;

/** The number of lines that a quoted value takes beyond its first. */
function linesOfQuoted(value: string, following: readonly string[]): number {
  const quote = value[0];
  if (quote === undefined || !'"\'`'.includes(quote) || value.includes(quote, 1)) return 0;
  // Without a closing quote anywhere the quote is part of the value, as parseEnv reads it.
  return following.findIndex((line) => line.includes(quote)) + 1;
}

/**
 * Reads `NAME=value` lines as Node's own `--env-file` does, comments after a value included, and keeps the line
 * of each. Node gives no lines and passes over what it does not understand, hence the second look.
 */
export function parseEnvFile(
  text: string,
  name: string,
  report: Report,
): readonly EnvFileVariable[] {
  const values = new Map(Object.entries(parseEnv(text)));
  const lines = text.split(/\r\n|\n|\r/u);
  const found = new Map<string, EnvFileVariable>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#|$)/u.test(line)) continue;
    const source = `${name}:${index + 1}`;
    const [, variable, rest] = assignment.exec(line) ?? [];
    if (variable === undefined || rest === undefined) {
      const hint = 'Write NAME=value, or begin a comment with #.';
      report.mistake({ path: 'env-file', source, message: 'the line sets no variable', hint });
      continue;
    }
    index += linesOfQuoted(rest, lines.slice(index + 1));
    const first = found.get(variable);
    if (first !== undefined) {
      const message = `${variable} is set twice, first at ${first.source}`;
      report.mistake({ path: 'env-file', source, message, hint: 'Keep one of the two.' });
      continue;
    }
    found.set(variable, { name: variable, value: values.get(variable) ?? '', source });
  }
  return [...found.values()];
}
