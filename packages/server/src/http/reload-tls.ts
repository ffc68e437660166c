import { unwatchFile, watchFile } from 'node:fs';
import type { Server } from 'node:https';

import { SettingsError } from '@rollcall/core';

import type { ServerLog } from '../observability/server-events.ts';
import { readTlsFiles, type TlsFiles } from './tls-files.ts';

/** The certificate of a server that is replaced when its files change. */
export interface TlsReload extends Disposable {
  /** Reads the files again now. Invalid files are logged and leave the present certificate in use. */
  reload(): Promise<void>;
}

/**
 * Uses a renewed certificate for new connections as soon as its files change. Files that are invalid, for example
 * because only one of them has been replaced, leave the present certificate in use. The files are polled, because
 * Kubernetes replaces a folder of secrets by a symbolic link, which a watch of the file does not notice.
 * @param interval between two looks at the files, in milliseconds
 * @param clientAuthorities PEM of the authorities of client certificates, which stay the same
 */
export function reloadTls(
  server: Server,
  files: TlsFiles,
  log: ServerLog,
  interval: number,
  clientAuthorities?: string,
): TlsReload {
  async function reload(): Promise<void> {
    try {
      const { cert, key, daysLeft } = await readTlsFiles(files, Date.now());
      server.setSecureContext({
        cert,
        key,
        ...(clientAuthorities === undefined ? {} : { ca: clientAuthorities }),
      });
      log('tls-reloaded', { daysLeft });
    } catch (error) {
      const issues = error instanceof SettingsError ? error.issues : [];
      const reasons = issues.map(({ source, message }) => `${source} ${message}`);
      log('tls-reload-failed', { reason: reasons.join('; ') || 'the certificate was refused' });
    }
  }
  const changed = (): void => void reload();
  const paths = [files.certificate, files.key];
  for (const path of paths) watchFile(path, { interval, persistent: false }, changed);
  return {
    reload,
    [Symbol.dispose]() {
      for (const path of paths) unwatchFile(path, changed);
    },
  };
}
