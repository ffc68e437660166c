import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { must, packAll, published, root, type PackedPackages } from './packed.ts';

interface Manifest {
  readonly name: string;
  readonly license: string;
  readonly description: string;
  readonly engines: { readonly node: string };
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly bin?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
}

let packed: PackedPackages;
beforeAll(async () => {
  packed = await packAll();
});
afterAll(async () => packed[Symbol.asyncDispose]());

/** One line a module instead of five: its source, code, types and two maps. */
function modules(files: readonly string[]): readonly string[] {
  const sources = files.flatMap(
    (file) => /^src\/(?<module>.+)\.ts$/u.exec(file)?.groups?.['module'] ?? [],
  );
  const built = ['.js', '.js.map', '.d.ts', '.d.ts.map'];
  const explained = new Set(
    sources.flatMap((module) => [
      `src/${module}.ts`,
      ...built.map((suffix) => `dist/${module}${suffix}`),
    ]),
  );
  return [
    ...files.filter((file) => !explained.has(file)),
    ...sources.map((module) => `${module} (source, code, types)`),
  ];
}

describe.each(published)('the package %s', (name) => {
  const manifest = JSON.parse(
    readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'),
  ) as Manifest;

  it('is clean to publint', async () => {
    const said = await must(
      process.execPath,
      [join(root, 'node_modules/.bin/publint'), 'run', packed.packages[name].tarball, '--strict'],
      { cwd: packed.folder },
    );
    expect(said).toContain('All good!');
  });

  it('has types that resolve as its code does (attw)', async () => {
    const said = await must(
      process.execPath,
      [
        join(root, 'node_modules/.bin/attw'),
        packed.packages[name].tarball,
        '--profile',
        'esm-only',
      ],
      { cwd: packed.folder },
    );
    expect(said).toContain('node16 (from ESM)');
  });

  it('holds every file that its manifest points at', () => {
    const targets = [
      ...Object.values(manifest.exports).flatMap((target) =>
        typeof target === 'string' ? [target] : Object.values(target),
      ),
      ...Object.values(manifest.bin ?? {}),
    ].map((target) => target.replace('./', ''));
    expect(packed.packages[name].files).toEqual(
      expect.arrayContaining([...targets, 'README.md', 'LICENSE']),
    );
  });

  it('holds no test, no test support and nothing of this machine', () => {
    const { files } = packed.packages[name];
    expect(
      files.filter((file) => /\.test\.|\/testing\/|tsbuildinfo|\.env|\.pem|\.tgz/u.test(file)),
    ).toEqual([]);
  });

  it('says what it is and what it needs, and pins what it depends on', () => {
    expect(manifest).toMatchObject({
      license: 'MIT',
      engines: { node: '>=24' },
      description: expect.any(String) as string,
    });
    for (const version of Object.values(manifest.dependencies ?? {}))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
  });

  it('holds these files', () => {
    expect(modules(packed.packages[name].files)).toMatchSnapshot();
  });

  it('has these public names', () => {
    const types = packed.packages[name].files.includes('dist/index.d.ts')
      ? readFileSync(join(root, 'packages', name, 'dist/index.d.ts'), 'utf8')
      : '';
    expect(types).not.toContain('*');
    const names = [...types.matchAll(/export (?<type>type )?\{(?<names>[^}]*)\}/gu)].flatMap(
      ({ groups }) =>
        (groups?.['names'] ?? '')
          .split(',')
          .map((text) => text.trim())
          .filter((text) => text !== '')
          .map((text) =>
            groups?.['type'] === undefined || text.startsWith('type ') ? text : `type ${text}`,
          ),
    );
    expect({
      entries: Object.keys(manifest.exports),
      bin: manifest.bin,
      names: names.toSorted(),
    }).toMatchSnapshot();
  });
});
