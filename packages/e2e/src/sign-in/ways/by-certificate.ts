import { spawnSync } from 'node:child_process';
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { chmod, readFile, writeFile } from 'node:fs/promises';

import type { Tenant } from '../../tenant.ts';
import type { At, Way } from './way.ts';

export const password = 'opensesame';

function openssl(args: readonly string[]): string | undefined {
  return spawnSync('openssl', args, { input: '' }).status === 0
    ? undefined
    : 'openssl, or its legacy provider';
}

async function inBase64(path: string): Promise<string> {
  return (await readFile(path)).toString('base64');
}

/** By a certificate, in every form that a key comes in. */
export async function byCertificate(tenant: Tenant, at: At): Promise<readonly Way[]> {
  const given = JSON.parse(await readFile(tenant.certificateParameters, 'utf8')) as {
    readonly client_id: string;
    readonly thumbprint: string;
  };
  const clientId = given.client_id;
  const file = at('client.key');
  const certificateFile = at('client.crt');
  const pem = await readFile(file, 'utf8');
  const certificate = await readFile(certificateFile, 'utf8');
  const key = createPrivateKey(pem);
  const write = async (name: string, text: string | Buffer): Promise<string> => {
    await writeFile(at(name), text, { mode: 0o600 });
    return at(name);
  };
  const cipher = { cipher: 'aes-256-cbc', passphrase: password, format: 'pem' } as const;
  const both = await write('both.pem', pem + certificate);
  // The certificate that belongs to the key is neither first nor before the key.
  const chained = await write(
    'chained.pem',
    (await readFile(tenant.ca, 'utf8')) + certificate + pem,
  );
  const pkcs1 = await write('pkcs1.pem', key.export({ type: 'pkcs1', format: 'pem' }).toString());
  const locked8 = await write('locked8.pem', key.export({ type: 'pkcs8', ...cipher }).toString());
  const locked1 = await write('locked1.pem', key.export({ type: 'pkcs1', ...cipher }).toString());
  const passwordFile = await write('password', `${password}\n`);
  const exported = (name: string, ...options: readonly string[]): string | undefined => {
    const from = ['-inkey', file, '-in', certificateFile, '-out', at(name)];
    return openssl(['pkcs12', '-export', ...from, '-passout', `pass:${password}`, ...options]);
  };
  const lacksModern = exported('modern.pfx');
  const lacksLegacy = exported(
    'legacy.pfx',
    '-provider',
    'default',
    '-provider',
    'legacy',
    '-legacy',
  );
  await Promise.all(
    ['modern.pfx', 'legacy.pfx'].map((name) => chmod(at(name), 0o600).catch(() => {})),
  );

  const assertion = { algorithm: 'PS256', keyNamedBy: 'x5t#S256', chain: 0 };
  const old = { ...assertion, algorithm: 'RS256', keyNamedBy: 'x5t' };
  const own = { issuer: clientId, subject: clientId };
  const way = (name: string, rest: Partial<Way>, proof: object = assertion): Way => ({
    name,
    kind: 'client-certificate',
    clientId,
    seen: { clientId, credential: 'certificate', assertion: { ...assertion, ...proof, ...own } },
    ...rest,
  });
  const sha256 = new X509Certificate(certificate).fingerprint256.replaceAll(':', '');
  return [
    way('PEM, key and certificate in one file', { credential: { file: both } }),
    way('PEM in two files', { credential: { file, certificateFile } }),
    way('PEM, the certificate as text', { credential: { file, certificate } }),
    way('PKCS#1', { credential: { file: pkcs1, certificateFile } }),
    way('encrypted PKCS#8', { credential: { file: locked8, certificateFile, password } }),
    way('encrypted PKCS#1', { credential: { file: locked1, certificateFile, passwordFile } }),
    way('PFX of today (PBES2)', {
      credential: { file: at('modern.pfx'), password },
      lacks: lacksModern,
    }),
    way('PFX of old (RC2, 3DES)', {
      credential: { file: at('legacy.pfx'), passwordFile },
      lacks: lacksLegacy,
    }),
    way('PEM in base64', { credential: { content: await inBase64(both) } }),
    way('PEM in base64, in the environment', {
      env: { AZURE_CLIENT_CERTIFICATE: await inBase64(both) },
    }),
    way('PFX in base64, in the environment', {
      env: {
        AZURE_CLIENT_CERTIFICATE: lacksModern === undefined ? await inBase64(at('modern.pfx')) : '',
        AZURE_CLIENT_CERTIFICATE_PASSWORD: password,
      },
      lacks: lacksModern,
    }),
    way(
      'a certificate file in the environment, with its chain',
      {
        env: {
          AZURE_CLIENT_CERTIFICATE_PATH: chained,
          AZURE_CLIENT_SEND_CERTIFICATE_CHAIN: 'true',
        },
      },
      { chain: 2 },
    ),
    way('a file named by a flag', { flags: ['--certificate', both] }),
    way('its chain sent along', { credential: { file: chained, sendChain: true } }, { chain: 2 }),
    way('RS256 where asked', { credential: { file: both, algorithm: 'RS256' } }, old),
    way(
      'a key and a SHA-1 thumbprint',
      { credential: { file, thumbprint: given.thumbprint } },
      old,
    ),
    way('a key and a SHA-256 thumbprint', { credential: { file, thumbprint: sha256 } }),
    way("the quickstart's certificate parameters", { config: tenant.certificateParameters }, old),
  ];
}
