import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export const root = fileURLToPath(new URL('../../../..', import.meta.url));

/** What we publish. */
export const published = ['core', 'sandbox', 'cli', 'server'] as const;

export type PublishedName = (typeof published)[number];

export interface Packed {
  readonly tarball: string;
  /** Paths in the tarball. */
  readonly files: readonly string[];
  /** The size of all files in bytes. */
  readonly unpackedSize: number;
}

/** The packages as published. Disposing of it removes the folder. */
export interface PackedPackages extends AsyncDisposable {
  /** A folder outside the workspace, for projects that use the tarballs. */
  readonly folder: string;
  readonly packages: Readonly<Record<PublishedName, Packed>>;
}

const run = promisify(execFile);

/** Runs a program that has to succeed; what it printed is in the error otherwise. */
export async function must(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<string> {
  try {
    const { stdout } = await run(command, args, {
      cwd: options.cwd,
      env: { ...process.env, NO_COLOR: '1', ...options.env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return stdout;
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout ?? ''}\n${stderr ?? ''}`, {
      cause: error,
    });
  }
}

/** `npm pack` of everything we publish, as it is built at the moment. */
export async function packAll(): Promise<PackedPackages> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-packages-'));
  const args = [
    'pack',
    '--json',
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    folder,
  ];
  const report = JSON.parse(
    await must('npm', [...args, ...published.flatMap((name) => ['-w', `@rollcall/${name}`])], {
      cwd: root,
    }),
  ) as readonly {
    readonly name: string;
    readonly filename: string;
    readonly unpackedSize: number;
    readonly files: readonly { readonly path: string }[];
  }[];
  const entries = report.map(({ name, filename, unpackedSize, files }) => [
    name.replace('@rollcall/', ''),
    {
      tarball: join(folder, filename),
      files: files.map(({ path }) => path).toSorted(),
      unpackedSize,
    },
  ]);
  return {
    folder,
    packages: Object.fromEntries(entries) as Record<PublishedName, Packed>,
    async [Symbol.asyncDispose]() {
      await rm(folder, { recursive: true, force: true });
    },
  };
}
