import { readFile, writeFile } from 'node:fs/promises';

import type { Tenant } from '../../tenant.ts';
import type { At, Way } from './way.ts';

/** By a secret: its value, files, standard input, and the variables and files of others. */
export async function bySecret(tenant: Tenant, at: At): Promise<readonly Way[]> {
  const { clientId } = tenant;
  const secret = tenant.secrets['the client secret'] ?? '';
  const file = at('secret');
  await writeFile(file, `\uFEFF${secret}\r\n`, { mode: 0o600 });
  const common = {
    kind: 'client-secret',
    clientId,
    seen: { clientId, credential: 'client-secret' },
  };
  const noted = at('noted.json');
  const quickstart = JSON.parse(await readFile(tenant.parameters, 'utf8')) as object;
  await writeFile(noted, JSON.stringify({ note: 'sample', ...quickstart }), { mode: 0o600 });
  return [
    { ...common, name: 'its value in the settings', credential: { secret } },
    { ...common, name: 'a file named in the settings', credential: { secretFile: file } },

    { ...common, name: 'a file named by a flag', flags: ['--secret-file', file] },
    { ...common, name: 'standard input', flags: ['--secret-file', '-'], stdin: `${secret}\n` },
    { ...common, name: 'a secret in the environment', env: { AZURE_CLIENT_SECRET: secret } },
    { ...common, name: "the quickstart's parameters.json", config: noted },
    {
      ...common,
      name: "the Node quickstart's .env",
      flags: ['--env-file', at('.env')],
    },
  ];
}
