import { isReadOnlyMount, quotedPath } from '../../credential/file/check-file-permissions.ts';
import { withHint } from '../../errors/remedies.ts';
import { Secret } from '../../secret.ts';
import type { IssueReport } from '../collect-issues.ts';
import type { JsonMember } from './parse-json-document.ts';

/** Permissions of users other than the owner. */
const readable = 0o044;
const writable = 0o022;
const writableByAll = 0o002;

/** Whether a settings file contains a value that is, or can be, a secret. */
export function containsSecret(members: readonly JsonMember[]): boolean {
  return members.some(
    ({ value, members: inner = [] }) => value instanceof Secret || containsSecret(inner),
  );
}

/** What is known of a settings file. */
export interface SettingsFileFacts {
  readonly path: string;
  /** The permission bits. */
  readonly mode: number;
  readonly hasSecret: boolean;
}

/**
 * Checks who can read and change a settings file. A file decides where secrets are sent and can contain a command, so
 * that one that other users can change is rejected. A secret that they can read is a warning.
 * @returns whether the file can be used
 */
export async function checkSettingsFile(
  { path, mode, hasSecret }: SettingsFileFacts,
  issue: { readonly path: string; readonly source: string },
  report: IssueReport,
): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const canChange = (mode & (hasSecret ? writable : writableByAll)) !== 0;
  const canRead = hasSecret && (mode & readable) !== 0;
  if ((!canChange && !canRead) || (await isReadOnlyMount(path))) return true;
  const shown = `mode ${mode.toString(8).padStart(4, '0')}`;
  const command = `Run \`chmod 600 ${quotedPath(path)}\`.`;
  if (canChange) {
    const message = `other users can change the file (${shown})`;
    report.error({ ...issue, message, ...withHint({ code: 'fix-file-permissions', command }) });
    return false;
  }
  report.warning({
    ...issue,
    message: `contains a secret, and other users can read the file (${shown})`,
    hint: command,
  });
  return true;
}
