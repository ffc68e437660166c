import { expect, it } from 'vitest';

import { help } from '../arguments/help.ts';
import { preparedTextName } from '../prepared-text.ts';
import { program } from '../program.ts';
import { prepareTexts } from './prepare-texts.ts';

it('prepares the help of each command, under the name that its command line has', async () => {
  const texts = await prepareTexts();
  for (const { name } of program.commands) {
    const words = name.split(' ');
    const text = await help(program, words, 80);
    expect(texts.get(preparedTextName([...words, '--help']) ?? '')).toBe(text);
    expect(texts.get(preparedTextName(['help', ...words]) ?? '')).toBe(text);
  }
  expect(texts.get(preparedTextName([]) ?? '')).toBe(await help(program, [], 80));
  expect(texts.get(preparedTextName(['completion', 'zsh']) ?? '')).toContain('#compdef rollcall');
});
