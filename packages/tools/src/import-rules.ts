import { builtinModules } from 'node:module';
import { posix } from 'node:path';

import type { SourceImport } from './layers.ts';

/** Which of our packages each package may import. docs/architecture.md has the same table. */
export const allowed: Readonly<Record<string, readonly string[]>> = {
  core: [],
  // The sandbox tests the other packages, so that a shared mistake would stay undetected.
  sandbox: [],
  cli: ['core', 'sandbox'],
  server: ['core'],
  // The end-to-end tests start the built programs as processes.
  e2e: [],
};

/** The only folder of core that may import @azure/msal-node. */
const msalFolder = 'packages/core/src/credential/msal/';

export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** A docstring. Its imports are not read: an example can name any package. */
const comment = /^[ \t]*\/\*\*[\s\S]*?\*\//gmu;
const specifier = /(?:\bfrom|\bimport\s*\(?)\s*['"]([^'"\s]+)['"]/gu;

function packageOf(target: string): string {
  return target
    .split('/')
    .slice(0, target.startsWith('@') ? 2 : 1)
    .join('/');
}

/** @returns one sentence for each dependency in the manifest that the table does not allow */
export function checkManifest(name: string, manifest: Manifest): string[] {
  return Object.keys(manifest.dependencies ?? {})
    .filter((dependency) => dependency.startsWith('@rollcall/'))
    .filter((dependency) => !allowed[name]?.includes(dependency.slice('@rollcall/'.length)))
    .map((dependency) => `packages/${name}/package.json: may not depend on ${dependency}`);
}

/** @returns one sentence for each import in `source` that breaks a rule; `file` is relative to the root */
export function checkImports(
  name: string,
  file: string,
  source: string,
  manifest: Manifest,
): string[] {
  const dependencies = Object.keys({ ...manifest.peerDependencies, ...manifest.dependencies });
  const isTest = file.endsWith('.test.ts') || file.includes('/testing/') || name === 'e2e';
  const known = isTest
    ? [...dependencies, ...Object.keys(manifest.devDependencies ?? {}), 'vitest', 'fast-check']
    : dependencies;
  const problems: string[] = [];
  for (const [, target = ''] of source.replaceAll(comment, '').matchAll(specifier)) {
    if (target.startsWith('.')) {
      if (!posix.join(posix.dirname(file), target).startsWith(`packages/${name}/`))
        problems.push(`${file}: "${target}" leaves the package`);
      continue;
    }
    const imported = packageOf(target);
    if (target.startsWith('node:')) continue;
    if (builtinModules.includes(imported)) problems.push(`${file}: write node:${target}`);
    else if (imported === '@azure/msal-node' && name === 'core' && !file.startsWith(msalFolder))
      problems.push(`${file}: only ${msalFolder} imports @azure/msal-node`);
    else if (
      imported.startsWith('@rollcall/') &&
      !allowed[name]?.includes(imported.slice('@rollcall/'.length))
    )
      problems.push(`${file}: packages/${name} may not import ${imported}`);
    else if (!known.includes(imported))
      problems.push(`${file}: "${imported}" is not in the package's manifest`);
  }
  return problems;
}

/**
 * The relative imports of one file, type-only and dynamic ones included.
 * @param file relative to the package's `src`
 */
export function relativeImports(file: string, source: string): SourceImport[] {
  const code = source.replaceAll(comment, (text) => text.replaceAll(/[^\n]/gu, ' '));
  return [...code.matchAll(specifier)].flatMap(({ 1: target = '', index }) =>
    target.startsWith('.')
      ? [
          {
            from: file,
            to: posix.join(posix.dirname(file), target),
            line: code.slice(0, index).split('\n').length,
          },
        ]
      : [],
  );
}
