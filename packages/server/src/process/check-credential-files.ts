import { CredentialError, type Directory } from '@rollcall/core';

/** The longest time that a service that does not respond delays the start, in milliseconds. */
const longest = 2_000;

/**
 * Reads the files of the credential before the start, by a request for one user. Other errors do not
 * prevent the start: `/readyz` reports them, and they can be temporary.
 * @throws {CredentialError} when a file is missing, invalid, or readable by others
 */
export async function checkCredentialFiles({ users }: Pick<Directory, 'users'>): Promise<void> {
  try {
    await users.page(
      { select: ['id'], pageSize: 1 },
      { signal: AbortSignal.timeout(longest), deadline: longest },
    );
  } catch (error) {
    if (error instanceof CredentialError && error.files.length > 0) throw error;
  }
}
