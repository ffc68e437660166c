import { X509Certificate } from 'node:crypto';

import { SettingsError, type SettingsIssue } from '../errors/settings-error.ts';
import { collectIssues } from './collect-issues.ts';
import { readTextFile } from './sources/read-text-file.ts';

const block = /-----BEGIN ((?:TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/gu;

const expected = {
  content: 'the CA certificates',
  convert: 'Convert it to PEM with `openssl x509 -inform der -in FILE -out FILE.pem`.',
};

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

function problemOf(text: string): Pick<SettingsIssue, 'message' | 'hint'> | undefined {
  const blocks = Array.from(text.matchAll(block), ([whole]) => whole);
  if (blocks.length === 0)
    return {
      message: 'contains no PEM certificate',
      hint: 'Use a file with the BEGIN CERTIFICATE lines of the CA certificates.',
    };
  const invalid = blocks.findIndex((pem) => !isCertificate(pem));
  if (invalid < 0) return undefined;
  return {
    message: `certificate ${invalid + 1} of ${blocks.length} is invalid`,
    hint: 'Copy the certificate again; check it with `openssl x509 -in FILE -noout -subject`.',
  };
}

/**
 * Reads the CA certificates of the setting `caFile`. Checks each certificate, because the TLS handshake ignores an
 * invalid one without an error. Never waits for a pipe or a device.
 * @param source the source of the setting
 * @returns PEM; undefined when the setting is absent
 * @throws {SettingsError} when the file cannot be read or does not contain valid certificates
 */
export async function readTrustedCertificates(
  file: string | undefined,
  source = file ?? '',
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const issue = { path: 'caFile', source: source === file ? file : `${file}, named by ${source}` };
  const report = collectIssues();
  const read = await readTextFile(file, issue, report, expected);
  const problem = read === undefined ? undefined : problemOf(read.text);
  if (problem !== undefined) report.error({ ...issue, ...problem });
  if (report.errors.length > 0) throw new SettingsError(report.errors);
  return read?.text;
}
