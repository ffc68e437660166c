import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { findMissingExamples, readExports } from './missing-examples.ts';

const sources = join(import.meta.dirname, '../../core/src');
const entries = ['index.ts', 'command-line.ts', 'delta-rounds.ts'];

/** Programs implement these interfaces and do not call their methods. */
const implementedByPrograms = new Set(['./ports.ts', './credential/external-credential.ts']);

/** Returns the public names of each source file of core. */
function publicNames(): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  for (const entry of entries)
    for (const { from, name } of readExports(entry, readFileSync(join(sources, entry), 'utf8')))
      names.set(from, (names.get(from) ?? new Set()).add(name));
  return names;
}

describe('the documentation of the public API of core', () => {
  it('has an example for every public function and method', () => {
    const all = publicNames();
    expect(all.size).toBeGreaterThan(50);
    const missing = [...all]
      .filter(([file]) => !implementedByPrograms.has(file))
      .flatMap(([file, names]) =>
        findMissingExamples(file, readFileSync(join(sources, file), 'utf8'), names).map(
          ({ name, line }) => `${file}:${line}: ${name}`,
        ),
      );
    expect(missing).toEqual([]);
  });
});

describe('findMissingExamples', () => {
  const source = `
    /** Lists. @example list() */
    export function list(): void {}
    /** Counts. */
    export async function count(): Promise<void> {}
    export interface Users {
      /** Returns one. @example users.get('a') */
      get(id: string): void;
      page(): void;
      readonly name: string;
    }
    /** Writes. @example sink.write('a'); sink.flush?.() */
    export interface Sink {
      write(text: string): void;
      flush?(): void;
      close(): void;
    }
    export class Secret {
      reveal(): string { return ''; }
      toString(): string { return ''; }
    }
    export function internal(): void {}
  `;

  it('finds public functions and methods without an example', () => {
    const names = new Set(['list', 'count', 'Users', 'Sink', 'Secret']);
    expect(findMissingExamples('a.ts', source, names).map(({ name }) => name)).toEqual([
      'count',
      'Users.page',
      'Sink.close',
      'Secret.reveal',
    ]);
  });
});
