import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { strategies } from '../credential/strategies.ts';
import { settingsReference } from './testing/settings-reference.ts';

const file = new URL('../../../../docs/reference/settings.md', import.meta.url);
const begin = '<!-- generated from the schema: vitest -u writes it -->\n';
const end = '<!-- end of the generated part -->';

it('docs/reference/settings.md lists every setting with its flag, variables and description', async () => {
  const page = readFileSync(file, 'utf8');
  const [before = '', rest = ''] = page.split(begin);
  const [, after = ''] = rest.split(end);
  await expect(
    `${before}${begin}${settingsReference(strategies)}${end}${after}`,
  ).toMatchFileSnapshot(file.pathname);
});
