import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

const pages = globSync(['*.md', 'docs/**/*.md', 'bench/*.md', 'packages/*/*.md'], { cwd: root });

/** Returns the relative targets of the links on a page, without anchors. Code blocks contain no links. */
function linkedFiles(page: string): string[] {
  const text = readFileSync(join(root, page), 'utf8').replaceAll(/^```.*?^```/gmsu, '');
  return [...text.matchAll(/\]\((?<target>[^)#\s]+)/gu)]
    .map((match) => match.groups?.['target'] ?? '')
    .filter((target) => !/^[a-z]+:/u.test(target));
}

describe('the links of the documentation', () => {
  it('lead to files that exist', () => {
    const links = pages.flatMap((page) => linkedFiles(page).map((target) => ({ page, target })));
    expect(links.length).toBeGreaterThan(50);
    expect(
      links.filter(({ page, target }) => !existsSync(join(root, dirname(page), target))),
    ).toEqual([]);
  });

  it('include every decision in the index of decisions', () => {
    const decisions = globSync('[0-9]*.md', { cwd: join(root, 'docs/decisions') });
    const listed = linkedFiles('docs/decisions/README.md').filter((target) => /^\d/u.test(target));
    expect(decisions.length).toBeGreaterThan(0);
    expect(listed.toSorted()).toEqual(decisions.toSorted());
  });
});
