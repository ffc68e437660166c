import { X509Certificate } from 'node:crypto';

import { SettingsError, type SettingsIssue } from '../errors/settings-error.ts';
import { collectReport } from './report.ts';
import { readTextFile } from './sources/text-file.ts';

const block = /-----BEGIN ((?:TRUSTED )?CERTIFICATE)-----[\s\S]*?-----END \1-----/gu;

const wanted = {
  holds: 'the certificates to trust',
  asText: 'Give PEM; `openssl x509 -inform der -in FILE -out FILE.pem` makes it of a binary file.',
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
      message: 'holds no certificate in PEM',
      hint: 'Name the file with the BEGIN CERTIFICATE lines of the authorities.',
    };
  const broken = blocks.findIndex((pem) => !isCertificate(pem));
  if (broken < 0) return undefined;
  return {
    message: `holds ${blocks.length} certificates, of which number ${broken + 1} cannot be read`,
    hint: 'Check that it was copied whole; `openssl x509 -in FILE -noout -subject` says whether one is sound.',
  };
}

/**
 * Reads the certificates to trust. A pipe or a device is not waited for, and what is no certificate is found here, not
 * by a handshake that fails for no visible reason.
 * @param source where the setting came from
 * @returns PEM; undefined when there is no such setting
 * @throws {SettingsError} when the file cannot be read, or holds anything but certificates
 */
export async function readTrustedCertificates(
  file: string | undefined,
  source = file ?? '',
): Promise<string | undefined> {
  if (file === undefined) return undefined;
  const shown = { path: 'caFile', source: source === file ? file : `${file}, named by ${source}` };
  const report = collectReport();
  const text = await readTextFile(file, shown, report, wanted);
  const problem = text === undefined ? undefined : problemOf(text);
  if (problem !== undefined) report.mistake({ ...shown, ...problem });
  if (report.mistakes.length > 0) throw new SettingsError(report.mistakes);
  return text;
}
