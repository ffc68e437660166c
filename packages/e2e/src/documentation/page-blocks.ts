import { readFileSync } from 'node:fs';

/** A fenced block of a page: its language, the text after the language, and the code. */
export interface Block {
  /** The nearest one before the block. */
  readonly heading: string;
  readonly language: string;
  readonly info: string;
  readonly code: string;
}

/** A page of `docs`, as a test reads it. */
export interface Page {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export function readPage(name: string): Page {
  const text = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  const blocks: Block[] = [];
  const pattern = /^#+ (?<heading>.+)$|^```(?<language>\w*) ?(?<info>.*)\n(?<code>[^]*?)^```$/gmu;
  let title = '';
  for (const { groups } of text.matchAll(pattern)) {
    const { heading, language = '', info = '', code = '' } = groups ?? {};
    if (heading !== undefined) title = heading;
    else blocks.push({ heading: title, language, info, code });
  }
  return { text, blocks };
}

/** Returns the only block with this text after its language. */
export function blockOf({ blocks }: Page, info: string): string {
  const found = blocks.filter((block) => block.info === info);
  if (found.length !== 1) throw new Error(`${found.length} blocks are called ${info}`);
  return found[0]?.code.trim() ?? '';
}
