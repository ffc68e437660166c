import { type Page, readPage } from '../documentation/page-blocks.ts';

/** A program that a page shows, and the command that the page gives for it. */
export interface Recipe {
  readonly title: string;
  readonly file: string;
  readonly code: string;
  readonly command: string;
}

export const page: Page = readPage('sandbox.md');

/** Each block with `file=` and the next block with `run` under the same heading. */
export function recipes(): readonly Recipe[] {
  const all = page.blocks;
  return all.flatMap(({ heading, info, code }, index) => {
    const file = /^file=(?<name>[\w.-]+)$/u.exec(info)?.groups?.['name'];
    if (file === undefined) return [];
    const run = all.slice(index).find((block) => block.info === 'run' && block.heading === heading);
    if (run === undefined) throw new Error(`${heading} does not say how to run ${file}`);
    return [{ title: heading, file, code, command: run.code.trim() }];
  });
}
