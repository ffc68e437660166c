import { readFileSync } from 'node:fs';

/** A fenced block of a page: what stands behind the fence's language, and the code. */
interface Block {
  readonly heading: string;
  readonly language: string;
  readonly info: string;
  readonly code: string;
}

/** A program that a page shows, and the command that the page gives for it. */
export interface Recipe {
  readonly title: string;
  readonly file: string;
  readonly code: string;
  readonly command: string;
}

const page = new URL('../../../../docs/sandbox.md', import.meta.url);

export const text = readFileSync(page, 'utf8');

function blocks(): readonly Block[] {
  const found: Block[] = [];
  const pattern = /^#+ (?<heading>.+)$|^```(?<language>\w*) ?(?<info>.*)\n(?<code>[^]*?)^```$/gmu;
  let title = '';
  for (const { groups } of text.matchAll(pattern)) {
    const { heading, language = '', info = '', code = '' } = groups ?? {};
    if (heading !== undefined) title = heading;
    else found.push({ heading: title, language, info, code });
  }
  return found;
}

/** Each block with `file=` and the next block with `run` under the same heading. */
export function recipes(): readonly Recipe[] {
  const all = blocks();
  return all.flatMap(({ heading, info, code }, index) => {
    const file = /^file=(?<name>[\w.-]+)$/u.exec(info)?.groups?.['name'];
    if (file === undefined) return [];
    const run = all.slice(index).find((block) => block.info === 'run' && block.heading === heading);
    if (run === undefined) throw new Error(`${heading} does not say how to run ${file}`);
    return [{ title: heading, file, code, command: run.code.trim() }];
  });
}

/** The one block with this word behind its language. */
export function blockOf(info: string): string {
  const found = blocks().filter((block) => block.info === info);
  if (found.length !== 1) throw new Error(`${found.length} blocks are called ${info}`);
  return found[0]?.code.trim() ?? '';
}
