import { ExportError } from '../errors/export-error.ts';
import { UnverifiedExportError } from '../errors/unverified-export-error.ts';
import { createResourceStack } from '../resource-stack.ts';
import { type ExportReceipt, readReceipt, receiptProblems } from './check-receipt.ts';
import { comparableValue } from './comparable-value.ts';
import {
  type ComparedProperties,
  comparedProperties,
  type PropertyChoice,
} from './compared-properties.ts';
import { type IndexedExport, indexExport, openExport } from './indexed-export.ts';
import type { ExportedUser } from './read-users.ts';

/** A file that `listToFile` or `rollcall users list` wrote: json, ndjson, csv or tsv, with the property `id`. */
export interface ExportFile {
  readonly path: string;
  /** The file with the receipt of the listing; the path of the export with `.receipt.json` when absent. */
  readonly receipt?: string | undefined;
}

export interface DiffOptions extends PropertyChoice {
  /** Compare exports whose receipt is missing, or does not prove that they are complete. */
  readonly allowUnverified?: boolean | undefined;
  /** Compare exports of different tenants, collections or queries. */
  readonly allowUnrelated?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The values of one property in the older and the newer export; in csv and tsv, texts. */
export interface ValueChange {
  readonly old: unknown;
  readonly new: unknown;
}

/** One user that differs. */
export type UserDifference =
  | { readonly change: 'added' | 'removed'; readonly id: string; readonly user: ExportedUser }
  | {
      readonly change: 'changed';
      readonly id: string;
      /** The user in the newer export. */
      readonly user: ExportedUser;
      readonly changes: Readonly<Record<string, ValueChange>>;
    };

/** The result of a comparison. Dispose of it to close the two files. */
export interface ExportDiff extends ComparedProperties, AsyncDisposable {
  readonly counts: {
    readonly added: number;
    readonly removed: number;
    readonly changed: number;
    readonly unchanged: number;
  };
  /**
   * Yields the differences: added and changed users in the order of the newer export, then removed ones in the order of
   * the older.
   *
   * @example
   * for await (const { change, id } of diff.differences()) console.log(change, id);
   */
  differences(): AsyncIterable<UserDifference>;
}

type Pair<Value> = readonly [old: Value, current: Value];

/** Returns in what two receipts differ that makes a comparison meaningless; undefined when they belong together. */
function unrelatedBy(old: ExportReceipt, current: ExportReceipt): string | undefined {
  if (old.tenant !== current.tenant) return `the tenants ${old.tenant} and ${current.tenant}`;
  if (old.collection !== current.collection)
    return `the collections ${old.collection ?? 'unknown'} and ${current.collection ?? 'unknown'}`;
  for (const part of ['filter', 'search', 'limit'] as const) {
    const [before, after] = [old.query?.[part], current.query?.[part]];
    if (before !== after) return `the ${part} ${before ?? '(none)'} and ${after ?? '(none)'}`;
  }
  return undefined;
}

function checkRelated(paths: Pair<string>, receipts: Pair<ExportReceipt | undefined>): void {
  const [old, current] = receipts;
  if (old === undefined || current === undefined) return;
  const difference = unrelatedBy(old, current);
  if (difference === undefined) return;
  throw new ExportError(
    paths[1],
    `cannot be compared with ${paths[0]}: they are exports of ${difference}`,
    { code: 'compare-related-exports' },
  );
}

/** What the two indexes say about the users, by the numbers of their entries. */
interface Comparison {
  readonly added: readonly number[];
  readonly changed: readonly Pair<number>[];
  readonly removed: readonly number[];
  readonly unchanged: number;
}

function compareIndexes(
  { index: old }: IndexedExport,
  { index: current }: IndexedExport,
): Comparison {
  const added: number[] = [];
  const changed: Pair<number>[] = [];
  const isFound = new Uint8Array(old.size);
  let unchanged = 0;
  for (let entry = 0; entry < current.size; entry += 1) {
    const before = old.find(current, entry);
    if (before === -1) {
      added.push(entry);
      continue;
    }
    isFound[before] = 1;
    if (old.isEqual(before, current, entry)) unchanged += 1;
    else changed.push([before, entry]);
  }
  const removed: number[] = [];
  for (let entry = 0; entry < old.size; entry += 1) if (isFound[entry] === 0) removed.push(entry);
  return { added, changed, removed, unchanged };
}

/** Returns the value of a property to show: of a path in a JSON object, the value at its end. */
function shownValue(user: ExportedUser, property: string, isTabular: boolean): unknown {
  if (Object.hasOwn(user, property)) return user[property];
  const text = comparableValue(user, property, isTabular);
  return text === '' ? null : text;
}

function idOf(user: ExportedUser): string {
  return String(user['id']);
}

async function* readDifferences(
  [old, current]: Pair<IndexedExport>,
  { added, changed, removed }: Comparison,
  properties: readonly string[],
  isTabular: boolean,
): AsyncGenerator<UserDifference, void, undefined> {
  const before = new Map(changed.map(([oldEntry, entry]) => [entry, oldEntry]));
  const inOrder = [...added, ...before.keys()].toSorted((one, other) => one - other);
  for (const entry of inOrder) {
    const user = await current.readUser(entry);
    const oldEntry = before.get(entry);
    if (oldEntry === undefined) {
      yield { change: 'added', id: idOf(user), user };
      continue;
    }
    const oldUser = await old.readUser(oldEntry);
    const different = properties.filter(
      (name) =>
        comparableValue(oldUser, name, isTabular) !== comparableValue(user, name, isTabular),
    );
    const changes = different.map((name) => [
      name,
      { old: shownValue(oldUser, name, isTabular), new: shownValue(user, name, isTabular) },
    ]);
    yield { change: 'changed', id: idOf(user), user, changes: Object.fromEntries(changes) };
  }
  for (const entry of removed) {
    const user = await old.readUser(entry);
    yield { change: 'removed', id: idOf(user), user };
  }
}

/** Compares two exports; see `diffExports` of library.ts. */
export async function diffExports(
  oldFile: ExportFile,
  newFile: ExportFile,
  { allowUnverified = false, allowUnrelated = false, signal, ...choice }: DiffOptions = {},
): Promise<ExportDiff> {
  await using opened = createResourceStack();
  const old = opened.use(await openExport(oldFile.path));
  const current = opened.use(await openExport(newFile.path));
  const compared = comparedProperties(newFile.path, [old.head, current.head], choice);
  const isTabular = [old, current].some(({ head }) => head.separated !== undefined);
  const valuesOf = (user: ExportedUser): string =>
    JSON.stringify(compared.properties.map((name) => comparableValue(user, name, isTabular)));
  const indexed = [
    await indexExport(old, valuesOf, signal),
    await indexExport(current, valuesOf, signal),
  ] as const;
  const receipts = [
    await readReceipt(oldFile.path, oldFile.receipt, indexed[0].trailer),
    await readReceipt(newFile.path, newFile.receipt, indexed[1].trailer),
  ] as const;
  if (!allowUnrelated) checkRelated([oldFile.path, newFile.path], receipts);
  if (!allowUnverified)
    for (const [at, { path }] of [oldFile, newFile].entries()) {
      const { ids } = indexed[at === 0 ? 0 : 1];
      const problems = receiptProblems(path, receipts[at], ids);
      if (problems.length > 0) throw new UnverifiedExportError(path, problems);
    }
  const comparison = compareIndexes(...indexed);
  const { added, changed, removed, unchanged } = comparison;
  const isUnknown = receipts.includes(undefined);
  if (
    !allowUnrelated &&
    isUnknown &&
    unchanged + changed.length === 0 &&
    added.length > 0 &&
    removed.length > 0
  )
    throw new ExportError(newFile.path, `has no user in common with ${oldFile.path}`, {
      code: 'compare-related-exports',
    });
  const resources = opened.move();
  return {
    ...compared,
    counts: {
      added: added.length,
      removed: removed.length,
      changed: changed.length,
      unchanged,
    },
    differences: () => readDifferences(indexed, comparison, compared.properties, isTabular),
    [Symbol.asyncDispose]: () => resources[Symbol.asyncDispose](),
  };
}
