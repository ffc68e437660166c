import { readFile } from 'node:fs/promises';

import { ExportError } from '../errors/export-error.ts';
import type { IdSet } from '../listing/id-set.ts';
import type { Receipt } from '../listing/receipt.ts';

/** The parts of a receipt that a comparison needs. */
export type ExportReceipt = Pick<
  Receipt,
  'complete' | 'reconciled' | 'tenant' | 'users' | 'sha256'
> &
  Partial<Pick<Receipt, 'collection' | 'query' | 'finishedAt'>>;

function toReceipt(value: unknown): ExportReceipt | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { complete, tenant, users } = value as Partial<Record<keyof Receipt, unknown>>;
  const isReceipt =
    typeof complete === 'boolean' && typeof tenant === 'string' && typeof users === 'number';
  return isReceipt ? (value as ExportReceipt) : undefined;
}

/** The default place of the receipt of an export. */
export function receiptPathOf(path: string): string {
  return `${path}.receipt.json`;
}

/**
 * Reads the receipt of an export.
 * @param given the path of the receipt; {@link receiptPathOf} when absent
 * @param trailer the last line of an NDJSON stream of the server, which contains the receipt
 * @returns undefined when none is given and none is at the default place
 * @throws {ExportError} when the file cannot be read, or is not a receipt
 */
export async function readReceipt(
  path: string,
  given: string | undefined,
  trailer: Readonly<Record<string, unknown>> | undefined,
): Promise<ExportReceipt | undefined> {
  if (given === undefined && trailer !== undefined) return toReceipt(trailer['receipt']);
  const file = given ?? receiptPathOf(path);
  const hint = 'Name the file to which the receipt of the listing was written.';
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (given === undefined && code === 'ENOENT') return undefined;
    throw new ExportError(file, `cannot be read (${code ?? 'unknown'})`, hint, cause);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    value = undefined;
  }
  const receipt = toReceipt(value);
  if (receipt === undefined) throw new ExportError(file, 'is not a receipt', hint);
  return receipt;
}

/** Returns why a receipt does not prove that the export is complete, one clause for each reason. */
export function receiptProblems(
  path: string,
  receipt: ExportReceipt | undefined,
  ids: IdSet,
): readonly string[] {
  if (receipt === undefined) return [`it has no receipt (${receiptPathOf(path)} does not exist)`];
  const { complete, reconciled, users, sha256 } = receipt;
  const counted = new Intl.NumberFormat('en-US');
  return [
    ...(complete ? [] : ['its receipt says that the listing is not complete']),
    ...(reconciled === true
      ? []
      : [
          reconciled === false
            ? "its receipt says that the tenant's own count differs"
            : "its receipt says that the tenant's own count was not compared",
        ]),
    ...(users === ids.size
      ? []
      : [
          `it has ${counted.format(ids.size)} users, but its receipt says ${counted.format(users)}`,
        ]),
    ...(complete && users === ids.size && sha256 !== ids.digest()
      ? ['its users are not those of its receipt']
      : []),
  ];
}
