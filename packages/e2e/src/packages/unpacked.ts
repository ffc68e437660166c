import { cp, mkdir, readFile, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { must, packAll, root } from './packed.ts';

/** A project that uses `@rollcall/core` as published; its dependencies come from the workspace, not from a registry. */
export interface Project extends AsyncDisposable {
  readonly folder: string;
}

async function link(name: string, modules: string): Promise<void> {
  const to = join(modules, name);
  await mkdir(dirname(to), { recursive: true });
  await symlink(join(root, 'node_modules', name), to);
}

/** @param additional packages that the project uses in addition, linked from the workspace */
export async function unpackCore(additional: readonly string[]): Promise<Project> {
  const packed = await packAll();
  const folder = join(packed.folder, 'project');
  const core = join(folder, 'node_modules/@rollcall/core');
  await cp(join(root, 'packages/e2e/consumer'), folder, { recursive: true });
  await mkdir(core, { recursive: true });
  const { tarball } = packed.packages.core;
  await must('tar', ['-xzf', tarball, '-C', core, '--strip-components=1'], { cwd: folder });
  const { dependencies } = JSON.parse(await readFile(join(core, 'package.json'), 'utf8')) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  const modules = join(folder, 'node_modules');
  await Promise.all(
    [...Object.keys(dependencies), ...additional].map((name) => link(name, modules)),
  );
  return { folder, [Symbol.asyncDispose]: () => packed[Symbol.asyncDispose]() };
}
