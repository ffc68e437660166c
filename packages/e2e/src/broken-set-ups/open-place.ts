import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { Parameters, Tenant } from '../tenant.ts';
import type { Place } from './set-up.ts';

/** A new, empty folder next to the files of the sandbox. */
export async function openPlace(tenant: Tenant): Promise<Place & { readonly folder: string }> {
  const folder = await mkdtemp(join(tenant.folder, 'place-'));
  const read = (name: string) => readFile(join(tenant.folder, name), 'utf8');
  const write = async (name: string, text: string, mode = 0o600) => {
    const path = join(folder, name);
    await writeFile(path, text);
    await chmod(path, mode);
    return path;
  };
  const writeJson = async (name: string, value: unknown) => {
    await write(name, `${JSON.stringify(value, undefined, 2)}\n`);
  };
  return {
    tenant,
    folder,
    read,
    write,
    async parameters(changes) {
      const given = JSON.parse(await read('parameters.json')) as Parameters;
      await writeJson('parameters.json', { ...given, ...changes });
    },
    async settings(credential) {
      const given = JSON.parse(await read('certificate.parameters.json')) as Parameters;
      await writeJson('rollcall.json', {
        authority: given['authority'],
        clientId: given['client_id'],
        scope: 'https://graph.microsoft.com/.default',
        graph: `${tenant.url}/v1.0`,
        credential,
      });
    },
    resources: new AsyncDisposableStack(),
  };
}
