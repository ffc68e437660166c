import type { Receipt } from '@rollcall/core';
import type { OutputFile } from '@rollcall/core/command-line';

import type { Context } from '../context.ts';
import { brokenPipe } from '../process/exit-codes.ts';
import { Stopped } from '../process/stop-signals.ts';
import { receiptLine } from '../report/receipt-line.ts';

/** Writes the receipt to the file, if there is one, and its summary to stderr. */
export async function reportReceipt(
  receipt: Receipt,
  file: OutputFile | undefined,
  { console, signal }: Context,
): Promise<void> {
  await file?.complete(`${JSON.stringify(receipt, undefined, 2)}\n`);
  // A reader such as `head` closed the pipe on purpose: the receipt is not printed.
  const reason: unknown = signal.reason;
  if (reason instanceof Stopped && reason.exitCode === brokenPipe) return;
  console.say({
    level: receipt.complete && receipt.reconciled !== false ? 'info' : 'warn',
    event: 'receipt',
    text: receiptLine(receipt, console),
    facts: { ...receipt },
  });
}
