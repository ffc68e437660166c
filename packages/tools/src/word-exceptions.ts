/** Files that `check-words.ts` does not read, with the reason. */
export const exemptFiles: Readonly<Record<string, string>> = {
  'packages/tools/src/phrases.ts': 'has the list of phrases',
  'packages/tools/src/check-words.test.ts': 'plants phrases',
};

/** A text that a file may contain although a phrase matches it. */
export interface Quotation {
  readonly file: string;
  readonly text: string;
  readonly reason: string;
}

/** Texts of other projects and services that are quoted word for word. */
export const quotations: readonly Quotation[] = [];
