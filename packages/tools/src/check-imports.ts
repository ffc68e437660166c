import { builtinModules } from 'node:module';
import { posix } from 'node:path';

import { packageRules, restrictedPackages } from './import-rules.ts';
import type { Import } from './read-imports.ts';

/** The dependencies that a package.json declares. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One source file, its path relative to the root of the repository, and its imports. */
export interface SourceFile {
  readonly path: string;
  readonly imports: readonly Import[];
}

/** An import of one file of a package by another. Paths are relative to the root of the repository. */
export interface FileImport {
  readonly from: string;
  readonly to: string;
  readonly line: number;
}

const scope = '@rollcall/';

/** Packages that are not published. Their tests and programs may use what the root's package.json declares. */
const unpublished: ReadonlySet<string> = new Set(['e2e', 'tools', 'bench']);

/** Returns whether the file is test code, which is not published and which product code does not import. */
export function isTestCode(path: string): boolean {
  return path.endsWith('.test.ts') || path.includes('/testing/');
}

function mayImport(name: string, imported: string): boolean {
  return packageRules[name]?.mayImport.includes(imported.slice(scope.length)) === true;
}

function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Returns one sentence per dependency in the manifest that the table of packages does not allow. */
export function checkManifest(name: string, manifest: Manifest): string[] {
  return Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency.startsWith(scope) && !mayImport(name, dependency))
    .map(
      (dependency) =>
        `${packageRules[name]?.root}/package.json: ${name} may not depend on ${dependency}. Remove the dependency.`,
    );
}

/**
 * Checks the imports of other packages, and that relative imports stay within the package.
 * @param name the package that the file belongs to
 * @param manifest the package's own package.json
 * @param rootManifest the package.json of the repository, with the tools that tests use
 * @returns one sentence per violation, with file and line
 */
export function checkPackageImports(
  name: string,
  { path, imports }: SourceFile,
  manifest: Manifest,
  rootManifest: Manifest,
): string[] {
  const declared = { ...manifest.peerDependencies, ...manifest.dependencies };
  const isPublished = !isTestCode(path) && !unpublished.has(name);
  if (!isPublished || packageRules[name]?.isBundled === true)
    Object.assign(declared, manifest.devDependencies);
  if (!isPublished) Object.assign(declared, rootManifest.devDependencies);
  return imports.flatMap(({ specifier, line }) => {
    const problem =
      specifier === undefined
        ? 'the name of this import is computed, so that it cannot be checked. Write it as a string literal.'
        : specifier.startsWith('.')
          ? checkRelative(name, path, specifier)
          : checkExternal(name, path, specifier, declared);
    return problem === undefined ? [] : [`${path}:${line}: ${problem}`];
  });
}

function checkRelative(name: string, path: string, specifier: string): string | undefined {
  const target = posix.join(posix.dirname(path), specifier);
  if (!target.startsWith(`${packageRules[name]?.root}/`))
    return `"${specifier}" is outside the package. Import the package by its name, if ${name} may import it.`;
  if (isTestCode(target) && !isTestCode(path))
    return `"${specifier}" is test code. Move what both need to a file that is not in a "testing" folder.`;
  return undefined;
}

function checkExternal(
  name: string,
  path: string,
  specifier: string,
  declared: Readonly<Record<string, string>>,
): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  const imported = packageOf(specifier);
  if (builtinModules.includes(imported))
    return `"${specifier}" is part of Node. Write "node:${specifier}".`;
  const folders = restrictedPackages[imported];
  if (folders !== undefined && !folders.some((folder) => path.startsWith(folder)))
    return `only ${folders.join(' and ')} may import ${imported}. Move the code there.`;
  if (imported.startsWith(scope) && !mayImport(name, imported))
    return `${name} may not import ${imported}. Move the code to a package that may, see import-rules.ts.`;
  if (!Object.hasOwn(declared, imported))
    return `"${imported}" is not declared. Add it to the dependencies in ${packageRules[name]?.root}/package.json.`;
  return undefined;
}

/** Returns the relative imports of a file, with resolved paths. */
export function fileImports({ path, imports }: SourceFile): FileImport[] {
  return imports.flatMap(({ specifier, line }) =>
    specifier?.startsWith('.') === true
      ? [{ from: path, to: posix.join(posix.dirname(path), specifier), line }]
      : [],
  );
}

/**
 * Checks the order of the folders and files in a package's `src`.
 * @param src the path of `src`, relative to the root of the repository
 * @returns one sentence per import from above, and per entry that the order does not have
 */
export function checkOrder(
  src: string,
  order: readonly (readonly string[])[],
  imports: readonly FileImport[],
): string[] {
  const entryOf = (path: string): string => path.slice(src.length + 1).split('/', 1)[0] ?? '';
  const positionOf = (entry: string): number => order.findIndex((line) => line.includes(entry));
  return imports.flatMap(({ from, to, line }) => {
    // Outside `src`, a package imports its package.json only.
    if (!to.startsWith(`${src}/`)) return [];
    const [upper, lower] = [entryOf(from), entryOf(to)];
    if (upper === lower) return [];
    const unknown = [upper, lower].find((entry) => positionOf(entry) < 0);
    if (unknown !== undefined)
      return [
        `${from}:${line}: the order of ${src} does not have ${unknown}. Add it to import-rules.ts.`,
      ];
    if (positionOf(upper) <= positionOf(lower)) return [];
    return [
      `${from}:${line}: ${upper} may not import ${to}, because ${lower} is above ${upper}. ` +
        `Move the code that both need to ${upper} or to an entry below it.`,
    ];
  });
}
