import { chmodSync, copyFileSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';

import { SettingsError } from '@rollcall/core';
import { describe, expect, it } from 'vitest';

import { createCertificateFiles } from '../testing/certificate-files.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';

async function problemsOf(files: TlsFiles, now = Date.now()): Promise<readonly string[]> {
  const error: unknown = await readTlsFiles(files, now).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(SettingsError);
  return (error as SettingsError).issues.map(({ source, message }) => `${source} ${message}`);
}

describe('the certificate of the server', () => {
  it('is read with its days and the permissions of its key', async () => {
    const files = createCertificateFiles('-days', '30');
    expect(await readTlsFiles(files, Date.now())).toMatchObject({
      daysLeft: 29,
      isKeyReadable: false,
    });
    chmodSync(files.key, 0o644);
    expect(await readTlsFiles(files, Date.now())).toMatchObject({ isKeyReadable: true });
  });

  it.each<[string, (files: TlsFiles) => void, RegExp]>([
    [
      'an empty certificate',
      ({ certificate }) => truncateSync(certificate),
      /tls-cert contains no/u,
    ],
    ['the key in its place', ({ certificate, key }) => copyFileSync(key, certificate), /tls-cert/u],
    [
      'the certificate as key',
      ({ certificate, key }) => copyFileSync(certificate, key),
      /tls-key/u,
    ],
    ['another key', ({ key }) => copyFileSync(createCertificateFiles().key, key), /not belong/u],
    ['a large file', ({ key }) => writeFileSync(key, ' '.repeat(2_000_000)), /larger than 1 MiB/u],
    ['a key others can change', ({ key }) => chmodSync(key, 0o622), /changed by other users/u],
  ])('is refused: %s', async (_what, spoil, problem) => {
    const files = createCertificateFiles();
    spoil(files);
    expect(await problemsOf(files)).toEqual([expect.stringMatching(problem)]);
  });

  it('is refused before and after its validity', async () => {
    const files = createCertificateFiles('-days', '1');
    const now = Date.now();
    expect(await problemsOf(files, now + 2 * 86_400_000)).toEqual([
      expect.stringMatching(/^--tls-cert expired on/u),
    ]);
    expect(await problemsOf(files, now - 86_400_000)).toEqual([
      expect.stringMatching(/^--tls-cert is valid from/u),
    ]);
  });

  it('is reported with every problem at once, and without a part of the key', async () => {
    const files = createCertificateFiles();
    const key = readFileSync(files.key, 'utf8');
    writeFileSync(files.key, key.replace('BEGIN PRIVATE KEY', 'BEGIN OTHER KEY'));
    const problems = await problemsOf({ ...files, certificate: '/nowhere/server.pem' });
    expect(problems).toEqual([
      '--tls-cert cannot be read (ENOENT)',
      '--tls-key contains no PEM private key without a password',
    ]);
    expect(problems.join('')).not.toContain(key.split('\n')[1]);
    expect(await problemsOf({ certificate: '/', key: '/' })).toEqual([
      '--tls-cert is not a regular file',
      '--tls-key is not a regular file',
    ]);
  });
});
