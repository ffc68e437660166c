import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto';
import type { Stats } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';

import { SettingsError, type SettingsIssue } from '@rollcall/core';

import { isOpenToOthers } from './open-to-others.ts';

/** The files of the server's own certificate, in PEM. */
export interface TlsFiles {
  /** The certificate, followed by the intermediate certificates that callers need. */
  readonly certificate: string;
  /** Its private key, not encrypted. */
  readonly key: string;
}

export interface TlsMaterial {
  readonly cert: string;
  readonly key: string;
  /** Until the certificate expires, rounded down. */
  readonly daysLeft: number;
  /** Whether other users of the machine can read the key. */
  readonly isKeyReadable: boolean;
}

interface PemFile {
  readonly text: string;
  readonly stats: Stats;
}

/** Longer than any chain of certificates. */
const longest = 1_048_576;
const day = 86_400_000;

/** @returns the problem as text when the file cannot be read */
async function readPem(path: string): Promise<PemFile | string> {
  try {
    const found = await stat(path);
    // A pipe would have to be waited for.
    if (!found.isFile()) return 'is not a regular file';
    if (found.size > longest) return 'is larger than 1 MiB';
    return { text: await readFile(path, 'utf8'), stats: found };
  } catch (error) {
    return `cannot be read (${(error as { readonly code?: string }).code ?? 'unknown error'})`;
  }
}

function parseCertificate(text: string): X509Certificate | undefined {
  try {
    return new X509Certificate(text);
  } catch {
    return undefined;
  }
}

function parseKey(text: string): KeyObject | undefined {
  try {
    return createPrivateKey(text);
  } catch {
    return undefined;
  }
}

/** A file that was read, as a value or as a problem; the other problems are found in spite of it. */
function parsed<Value>(
  file: PemFile | string,
  parse: (text: string) => Value | undefined,
  invalid: string,
): Value | string {
  return typeof file === 'string' ? file : (parse(file.text) ?? invalid);
}

function problemOfCertificate(certificate: X509Certificate | string, now: number): string {
  if (typeof certificate === 'string') return certificate;
  const { validFromDate, validToDate } = certificate;
  if (validToDate.getTime() <= now) return `expired on ${validToDate.toISOString()}`;
  if (validFromDate.getTime() > now) return `is valid from ${validFromDate.toISOString()} only`;
  return '';
}

/**
 * Reads and checks the server's certificate and key.
 * @param now milliseconds since 1970
 * @throws {SettingsError} with every problem of both files; no message contains a part of the key
 */
export async function readTlsFiles(files: TlsFiles, now: number): Promise<TlsMaterial> {
  const [certFile, keyFile] = await Promise.all([readPem(files.certificate), readPem(files.key)]);
  const certificate = parsed(certFile, parseCertificate, 'contains no valid PEM certificate');
  const key = parsed(keyFile, parseKey, 'contains no PEM private key without a password');
  const issues: SettingsIssue[] = [];
  const report = (flag: string, message: string, hint: string): void => {
    if (message !== '') issues.push({ path: flag.slice(2), source: flag, message, hint });
  };
  report(
    '--tls-cert',
    problemOfCertificate(certificate, now),
    'Use a PEM file with the certificate of this server, followed by its intermediate certificates.',
  );
  const isWritable = typeof keyFile !== 'string' && (keyFile.stats.mode & 0o022) !== 0;
  report(
    '--tls-key',
    typeof key === 'string' ? key : isWritable ? 'can be changed by other users' : '',
    isWritable
      ? 'Run chmod 600 on the file.'
      : 'Use a PEM file with the private key of the certificate.',
  );
  if (
    typeof certificate !== 'string' &&
    typeof key !== 'string' &&
    !certificate.checkPrivateKey(key)
  )
    report(
      '--tls-key',
      'does not belong to the certificate of --tls-cert',
      'Use the private key with which the certificate was requested.',
    );
  if (
    issues.length > 0 ||
    typeof certificate === 'string' ||
    typeof certFile === 'string' ||
    typeof keyFile === 'string'
  )
    throw new SettingsError(issues);
  return {
    cert: certFile.text,
    key: keyFile.text,
    daysLeft: Math.floor((certificate.validToDate.getTime() - now) / day),
    isKeyReadable: isOpenToOthers(keyFile.stats),
  };
}
