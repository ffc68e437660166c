import { globSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, join } from 'node:path';

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

const isOfTests = /\.test\.|\/testing\/|\/__snapshots__\//u;

/** What a package is to hold of its sources: each file, its code, its types and their maps. */
function expectedOf(name: string): readonly string[] {
  const folder = join(root, 'packages', name, 'src');
  return globSync('**/*.ts', { cwd: folder })
    .filter((file) => !isOfTests.test(`/${file}`))
    .flatMap((file) => {
      const built = `dist/${file.slice(0, -'.ts'.length)}`;
      const ends = ['.js', '.js.map', '.d.ts', '.d.ts.map'];
      return [`src/${file}`].concat(ends.map((end) => built + end));
    });
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

  it('holds nothing else but papers, programs and what other files point at', () => {
    const others = packed.packages[name].files.filter((file) => !/^(?:src|dist)\//u.test(file));
    expect(others).toMatchSnapshot();
  });

  it('says what it is and what it needs, and pins what it depends on', () => {
    expect(manifest).toMatchObject({
      license: 'MIT',
      engines: { node: '>=22.19' },
      description: expect.any(String) as string,
    });
    for (const version of Object.values(manifest.dependencies ?? {}))
      expect(version).toMatch(/^\d+\.\d+\.\d+$/u);
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

// The command is a bundle without types; `the bundled command` below checks its files.
describe.each(published.filter((name) => name !== 'cli'))('the library %s', (name) => {
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

  it('holds its sources, what is made of them, and nothing left over', () => {
    const made = packed.packages[name].files.filter((file) => /^(?:src|dist)\//u.test(file));
    expect(made.toSorted()).toEqual(expectedOf(name).toSorted());
  });
});

const commandFolder = join(root, 'packages/cli');

function readOfCommand(file: string): string {
  return readFileSync(join(commandFolder, file), 'utf8');
}

/** The names that a file of the bundle requires: chunks, as paths, and packages. */
function requiredBy(file: string): readonly string[] {
  const calls = readOfCommand(file).matchAll(/(?:require|import)\("(?<name>[^"]+)"\)/gu);
  return Array.from(calls, ({ groups }) => groups?.['name'] ?? '');
}

/** The packages of which a file of the bundle has a module. */
function packagesIn(file: string): readonly string[] {
  const headings = readOfCommand(file).matchAll(
    /^\/\/ .*node_modules\/(?<name>(?:@[^/\n]+\/)?[^/\n]+)\//gmu,
  );
  return Array.from(headings, ({ groups }) => groups?.['name'] ?? '');
}

describe('the bundled command', () => {
  let programs: readonly string[];
  beforeAll(() => {
    programs = packed.packages.cli.files.filter((file) => file.endsWith('.cjs'));
  });

  it('holds one program, its chunks, its texts, its man page and nothing else', () => {
    const { files } = packed.packages.cli;
    const kinds = /^dist\/(?:main\.cjs|rollcall\.1|chunks\/[\w-]+\.cjs|texts\/[a-z-]+\.txt)$/u;
    const made = files.filter((file) => /^(?:src|dist)\//u.test(file));
    expect(made.filter((file) => !kinds.test(file))).toEqual([]);
    const chunks = programs
      .flatMap(requiredBy)
      .filter((required) => required.startsWith('.'))
      .map((path) => basename(path));
    expect(chunks.length).toBeGreaterThan(50);
    expect(chunks.filter((chunk) => !files.some((file) => file.endsWith(`/${chunk}`)))).toEqual([]);
  });

  it('needs no other package, and takes at most 8 MB', () => {
    const manifest = JSON.parse(readOfCommand('package.json')) as Manifest;
    expect(manifest.dependencies).toBeUndefined();
    const packages = programs
      .flatMap(requiredBy)
      .filter((required) => !required.startsWith('.') && !isBuiltin(required));
    expect([...new Set(packages)]).toEqual(['@redis/client']);
    expect(packed.packages.cli.unpackedSize).toBeLessThanOrEqual(8_000_000);
    expect(packed.packages.cli.unpackedSize).toBeGreaterThan(1_000_000);
  });

  it('names the license of every package that it contains', () => {
    const notices = readOfCommand('THIRD-PARTY-LICENSES.txt');
    const names = [...new Set(programs.flatMap(packagesIn))];
    expect(names).toEqual(expect.arrayContaining(['undici', 'zod', '@azure/msal-node', 'jose']));
    expect(names.filter((name) => !notices.includes(`\n${name} `))).toEqual([]);
  });
});
