import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { onTestFinished } from 'vitest';

import type { TlsFiles } from '../http/tls-files.ts';

/** Creates a self-signed certificate for localhost and 127.0.0.1, removed when the test ends. Needs OpenSSL. */
export function createCertificateFiles(...options: readonly string[]): TlsFiles {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-tls-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const files = { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') };
  const request =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost ' +
    '-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout server.key -out server.pem';
  execFileSync('openssl', [...request.split(' '), ...options], { cwd: folder, stdio: 'ignore' });
  return files;
}
