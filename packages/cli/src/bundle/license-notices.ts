import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly homepage?: string;
  readonly repository?: string | { readonly url: string };
}

const licenseFile = /^(?:licen[cs]e|notice|copying)(?:[-.].*)?$/iu;
const heading = `The program contains code of the following packages, under their own licenses.\n`;
const rule = '-'.repeat(80);

/** Returns the folder of the installed package that a module belongs to; `undefined` for this project's own modules. */
function packageFolderOf(moduleId: string): string | undefined {
  // Modules that the build has made up begin with a null character.
  return /^[^\0].*[/\\]node_modules[/\\](?:@[^/\\]+[/\\])?[^/\\]+(?=[/\\])/u.exec(moduleId)?.[0];
}

/** Returns the name of the package with its version, for sorting, and its notice. */
function notice(folder: string): readonly [title: string, text: string] {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const { name, version, license, homepage, repository } = manifest;
  const texts = readdirSync(folder)
    .filter((file) => licenseFile.test(file))
    .toSorted()
    .map((file) => readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  if (license === undefined)
    throw new Error(`${name} ${version} names no license in its package.json.`);
  const source = typeof repository === 'string' ? repository : (repository?.url ?? homepage ?? '');
  const title = `${name} ${version}`;
  return [title, [`${title}, license: ${license}\nSource: ${source}`, ...texts].join('\n\n')];
}

/**
 * Returns the text with the licenses of all packages whose modules a bundle contains, sorted by name.
 * @param moduleIds the paths of the modules
 * @throws {Error} if a package names no license
 */
export function licenseNotices(moduleIds: Iterable<string>): string {
  const folders = new Set([...moduleIds].flatMap((id) => packageFolderOf(id) ?? []));
  // A version that is installed in two folders has one notice.
  const notices = new Map([...folders].map(notice));
  const sorted = [...notices.keys()].toSorted().map((title) => notices.get(title));
  return `${[heading, ...sorted].join(`\n${rule}\n`)}\n`;
}
