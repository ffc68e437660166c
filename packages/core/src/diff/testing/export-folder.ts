import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createIdSet } from '../../listing/id-set.ts';
import { type FormatName, formats } from '../../sinks/formats.ts';
import type { SinkOptions } from '../../sinks/sink.ts';
import type { ExportFile } from '../diff-exports.ts';

export type TestUser = Readonly<Record<string, unknown>> & { readonly id: string };

/** Returns the object ID of the nth test user. */
export function idOf(nth: number): string {
  return `${nth.toString(16).padStart(8, '0')}-1111-4111-8111-111111111111`;
}

export interface ExportFolder extends AsyncDisposable {
  /** Writes an export in a format of ours, with a receipt that verifies it. */
  write(
    name: string,
    users: readonly TestUser[],
    options?: { readonly sink?: SinkOptions; readonly receipt?: Readonly<Record<string, unknown>> },
  ): Promise<ExportFile>;
  /** Writes a file as it is, without a receipt. */
  writeText(name: string, text: string): Promise<ExportFile>;
}

/** Creates a folder for the exports of one test. */
export async function createExportFolder(): Promise<ExportFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'exports-'));
  async function writeText(name: string, text: string): Promise<ExportFile> {
    const path = join(folder, name);
    await writeFile(path, text);
    return { path };
  }
  return {
    writeText,
    async write(name, users, { sink: options, receipt = {} } = {}) {
      const format = name.split('.').at(-1) as FormatName;
      const columns = [...new Set(users.flatMap((user) => Object.keys(user)))];
      const sink = formats[format].createSink({ columns, ...options });
      const text = sink.head() + [...sink.page(users)].join('') + sink.tail();
      const ids = createIdSet();
      for (const { id } of users) ids.add(id);
      const proof = {
        complete: true,
        reconciled: true,
        tenant: 'contoso.com',
        collection: 'users',
        query: {},
        users: users.length,
        sha256: ids.digest(),
        ...receipt,
      };
      const { path } = await writeText(name, text);
      await writeText(`${name}.receipt.json`, JSON.stringify(proof));
      return { path };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
