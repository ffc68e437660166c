import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { codes } from './codes.ts';

const page = readFileSync(new URL('../../../../docs/reference/errors.md', import.meta.url), 'utf8');

/** Heading to the text below it. */
const sections = new Map(
  page
    .split(/^## /mu)
    .slice(1)
    .map((section) => {
      const [heading = '', ...text] = section.split('\n');
      return [heading.trim(), text.join('\n').trim()] as const;
    }),
);

it.each(Object.entries(codes))(
  '%s has a section in docs/reference/errors.md that begins with its category',
  (code, category) => {
    expect(sections.get(code)).toMatch(new RegExp(`^\\*${category}\\.\\* \\S`, 'u'));
  },
);

it('docs/reference/errors.md describes no code that is gone', () => {
  expect([...sections.keys()].filter((heading) => !Object.hasOwn(codes, heading))).toEqual([]);
});
