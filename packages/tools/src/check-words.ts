import { globSync, readFileSync } from 'node:fs';

import { parseSync } from 'vite';

import { phrases } from './phrases.ts';
import { exemptFiles, quotations, type Quotation } from './word-exceptions.ts';

/** The files that `npm run check` reads. CHANGELOG.md is not among them, because it also describes earlier versions. */
export const checkedFiles = [
  'packages/*/{src,bin,consumer}/**/*.{ts,mts,cts,mjs,cjs,js,py,sh}',
  'packages/*/{README.md,package.json}',
  'bench/src/**/*.ts',
  'bench/{README.md,package.json}',
  'docs/**/*.md',
  '{README,CONTRIBUTING,SECURITY}.md',
  '*.{ts,json}',
  '.ci/run',
] as const;

/** The number of columns that a line with a comment may have. */
const maximumColumns = 120;

/** Each phrase with "any white space" in place of a space, so that it is found across lines. */
const searches = phrases.map(({ pattern, instead }) => ({
  instead,
  pattern: new RegExp(pattern.source.replaceAll(' ', String.raw`\s+`), `${pattern.flags}g`),
}));

/** Removes what begins the lines of a comment, and separates the words of identifiers such as `oneWord`. */
function plainText(text: string): string {
  return text
    .replaceAll(/\n[ \t]*(?:\/\/+|\*(?!\/)|#+|>)?[ \t]*/gu, '\n')
    .replaceAll(/(?<=[a-z])(?=[A-Z][a-z])/gu, ' ');
}

function findPhrases(text: string): { found: string; line: number; instead: string }[] {
  return searches.flatMap(({ pattern, instead }) =>
    [...text.matchAll(pattern)].map((match) => ({
      found: match[0].replaceAll(/\s+/gu, ' '),
      line: text.slice(0, match.index).split('\n').length,
      instead,
    })),
  );
}

/** Returns the numbers of the lines that contain a comment or a part of one. */
function commentLines(file: string, text: string): number[] {
  if (/\.(?:md|json)$/u.test(file)) return [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  if (/\.[cm]?[jt]s$/u.test(file))
    return parseSync(file, text).comments.flatMap(({ start, end }) => {
      const first = lineOf(start);
      return Array.from({ length: lineOf(end) - first + 1 }, (_, index) => first + index);
    });
  return text.split('\n').flatMap((line, index) => (/^\s*#/u.test(line) ? [index + 1] : []));
}

/**
 * Finds the phrases in the name and the text of a file, and the comments that are too long.
 * @param quoted the texts that are allowed in this file
 * @returns one sentence per problem, with file and line
 */
export function checkWords(
  file: string,
  text: string,
  quoted: readonly Quotation[] = [],
): string[] {
  const unquoted = quoted.reduce(
    (rest, { text: quotation }) =>
      rest.replaceAll(quotation, (each) => each.replaceAll(/[^\n]/gu, '_')),
    text,
  );
  const lines = text.split('\n');
  return [
    ...quoted
      .filter((quotation) => !text.includes(quotation.text))
      .map(
        (quotation) =>
          `${file}: does not contain "${quotation.text}". Remove it from word-exceptions.ts.`,
      ),
    ...findPhrases(file.replaceAll(/[-_/.]/gu, ' ')).map(
      ({ found, instead }) => `${file}: "${found}" in the name of the file: write ${instead}`,
    ),
    ...findPhrases(plainText(unquoted)).map(
      ({ found, line, instead }) => `${file}:${line}: "${found}": write ${instead}`,
    ),
    ...commentLines(file, text)
      .filter((line) => (lines[line - 1]?.length ?? 0) > maximumColumns)
      .map(
        (line) =>
          `${file}:${line}: a line with a comment has ${lines[line - 1]?.length} columns: write at most ${maximumColumns}`,
      ),
  ];
}

if (import.meta.main) {
  const paths = process.argv.slice(2).map((path) => path.replace(/\/$/u, ''));
  const problems = [...new Set(checkedFiles.flatMap((pattern) => globSync(pattern)))]
    .filter((file) => !Object.hasOwn(exemptFiles, file))
    .filter(
      (file) =>
        paths.length === 0 || paths.some((path) => file === path || file.startsWith(`${path}/`)),
    )
    .toSorted()
    .flatMap((file) =>
      checkWords(
        file,
        readFileSync(file, 'utf8'),
        quotations.filter((quotation) => quotation.file === file),
      ),
    );
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
