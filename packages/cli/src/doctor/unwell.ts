import type { ErrorCategory } from '@rollcall/core';

/** What a step found wrong by itself, in the terms in which errors are reported. */
export class Unwell extends Error {
  override readonly name = 'Unwell';
  readonly code = 'E_DOCTOR';
  readonly category: ErrorCategory;
  readonly hint: string;

  constructor(category: ErrorCategory, message: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.category = category;
    this.hint = hint;
  }
}
