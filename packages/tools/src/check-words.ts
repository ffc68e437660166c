import { globSync, readFileSync } from 'node:fs';

import { phrases } from './phrases.ts';

/** The files that `npm run check` reads. */
export const checkedFiles = [
  'packages/*/{src,bin,consumer}/**/*.{ts,mts,cts,mjs,cjs,js,py,sh}',
  'packages/*/README.md',
  'bench/src/**/*.ts',
  'bench/README.md',
  'docs/**/*.md',
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
] as const;

/** Files that quote the phrases, with the reason. */
const exempt: ReadonlyMap<string, string> = new Map([
  ['packages/tools/src/phrases.ts', 'has the list'],
  ['packages/tools/src/check-words.test.ts', 'plants phrases'],
]);

const longestComment = 120;

/**
 * Finds the phrases and the long comments in the text of a file.
 * @returns one sentence per problem, with file and line
 */
export function checkWords(file: string, text: string): string[] {
  const isCode = !file.endsWith('.md');
  return text.split('\n').flatMap((line, index) => {
    const at = `${file}:${index + 1}`;
    const found = phrases.flatMap(({ pattern, instead }) => {
      const match = pattern.exec(line);
      return match === null ? [] : [`${at}: "${match[0]}": write ${instead}`];
    });
    const isComment = isCode && /^\s*(?:\/\/|\/?\*|#)/u.test(line);
    if (isComment && line.length > longestComment)
      found.push(`${at}: a comment of ${line.length} columns; ${longestComment} at most`);
    return found;
  });
}

if (import.meta.main) {
  const paths = process.argv.slice(2);
  const files = [...new Set(checkedFiles.flatMap((pattern) => globSync(pattern)))]
    .filter((file) => !exempt.has(file))
    .filter((file) => paths.length === 0 || paths.some((path) => file.startsWith(path)));
  const problems = files.flatMap((file) => checkWords(file, readFileSync(file, 'utf8')));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
