import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { help } from './arguments/help.ts';
import { program } from './program.ts';

const file = new URL('../../../docs/reference/commands.md', import.meta.url);
const begin = '<!-- generated from the commands: vitest -u writes it -->\n';
const end = '<!-- end of the generated part -->';

/** Returns the help of every command as a section of its own, in the order of the overview. */
async function commandsReference(): Promise<string> {
  const sections = await Promise.all(
    program.commands.map(async ({ name }) => {
      const text = await help(program, name.split(' '), 80);
      return `\n## ${program.name} ${name}\n\n\`\`\`text\n${text}\`\`\`\n`;
    }),
  );
  const topics = await Promise.all(
    Object.keys(program.topics).map(async (word) => {
      const text = await help(program, [word], 80);
      return `\n## ${program.name} help ${word}\n\n\`\`\`text\n${text}\`\`\`\n`;
    }),
  );
  return `${[...sections, ...topics].join('')}\n`;
}

it('docs/reference/commands.md has the help of every command', async () => {
  const [before = '', rest = ''] = readFileSync(file, 'utf8').split(begin);
  const [, after = ''] = rest.split(end);
  await expect(`${before}${begin}${await commandsReference()}${end}${after}`).toMatchFileSnapshot(
    file.pathname,
  );
});

it('docs/reference/commands.md has the meaning of every exit code', () => {
  const rows = program.exitCodes.map(([codes, meaning]) => `| ${codes} | ${meaning} |\n`);
  expect(readFileSync(file, 'utf8')).toContain(`|---|---|\n${rows.join('')}\n`);
});
