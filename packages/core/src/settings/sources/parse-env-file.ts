import { parseEnv } from 'node:util';

import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';

/** A variable of an env file, with its position as `file:line`. */
export interface EnvFileVariable {
  readonly name: string;
  readonly value: Secret;
  readonly source: string;
}

const assignment = /^\s*(?:export\s+)?([^\s=#]+)\s*=\s*(.*)$/u;

/** Returns the number of lines that a quoted value continues after its first line. */
function linesOfQuoted(value: string, following: readonly string[]): number {
  const quote = value[0];
  if (quote === undefined || !'"\'`'.includes(quote) || value.includes(quote, 1)) return 0;
  // parseEnv takes a quote without a closing quote for a part of the value.
  return following.findIndex((line) => line.includes(quote)) + 1;
}

/**
 * Reads `NAME=value` lines like Node's `--env-file`, including comments after a value, and keeps the line of each
 * variable. Node's parser returns no line numbers and ignores invalid lines, so that the text is scanned a second
 * time.
 */
export function parseEnvFile(
  text: string,
  name: string,
  report: IssueReport,
): readonly EnvFileVariable[] {
  // Node removes `export` only before a space; before a tab it becomes a part of the name.
  const values = new Map(
    Object.entries(parseEnv(text)).map(([key, value]) => [key.replace(/^export\s+/u, ''), value]),
  );
  const lines = text.split(/\r\n|\n|\r/u);
  const found = new Map<string, EnvFileVariable>();
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index] ?? '';
    if (/^\s*(?:#|$)/u.test(line)) continue;
    const source = `${name}:${index + 1}`;
    const [, variable, rest] = assignment.exec(line) ?? [];
    if (variable === undefined || rest === undefined) {
      const hint = 'Write NAME=value, or start the line with # to make it a comment.';
      report.error({ path: 'env-file', source, message: 'invalid line', hint });
      continue;
    }
    index += linesOfQuoted(rest, lines.slice(index + 1));
    const first = found.get(variable);
    if (first !== undefined) {
      const message = `${variable} is set twice, first at ${first.source}`;
      report.error({ path: 'env-file', source, message, hint: 'Remove one of the two.' });
      continue;
    }
    const value = new Secret(values.get(variable) ?? '');
    found.set(variable, { name: variable, value, source });
  }
  return [...found.values()];
}
