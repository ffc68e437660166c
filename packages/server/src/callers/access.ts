import { readFile } from 'node:fs/promises';

import { SettingsError } from '@rollcall/core';

import type { CallersSettings } from './callers-settings.ts';
import {
  createCallers,
  unauthenticatedCallers,
  type Callers,
  type CallersOptions,
} from './create-callers.ts';
import { restrictUsers, type ReadableUsers } from './fields/restrict-users.ts';
import { readCallersFile } from './read-callers-file.ts';
import type { Role } from './role.ts';

/** Who can use the server, and what each role can read. */
export interface Access extends Callers {
  /** Whether callers have to authenticate. */
  readonly isAuthenticated: boolean;
  /** PEM of the authorities of client certificates; absent when no certificate is requested. */
  readonly clientAuthorities: string | undefined;
  /** Returns the users as a caller with a role can read them. */
  usersFor(users: ReadableUsers, role: Role): ReadableUsers;
  /** Whether pages of a site can read responses. */
  isAllowedOrigin(origin: string): boolean;
  /**
   * Reads the file of callers again. The authorities of client certificates stay those of the start.
   * @throws {SettingsError} with every problem, and the callers stay as they were
   */
  reload(): Promise<void>;
}

export interface AccessOptions extends Omit<CallersOptions, 'settings'> {
  /** The file of callers; every caller is allowed everything when absent. */
  readonly file: string | undefined;
}

interface Current {
  readonly callers: Callers;
  readonly fields: CallersSettings['fields'];
  readonly origins: ReadonlySet<string>;
}

async function readAuthorities({ certificates }: CallersSettings): Promise<string | undefined> {
  if (certificates === undefined) return undefined;
  try {
    return await readFile(certificates.caFile, 'utf8');
  } catch {
    throw new SettingsError([
      {
        path: 'callers.certificates.caFile',
        source: '--callers',
        message: 'cannot be read',
        hint: 'Use a PEM file with the certificate authorities of the clients.',
      },
    ]);
  }
}

/** @throws {SettingsError} with every problem of the file of callers */
export async function createAccess(options: AccessOptions): Promise<Access> {
  const { file, ...others } = options;
  let authorities: string | undefined;

  async function read(): Promise<Current> {
    if (file === undefined)
      return { callers: unauthenticatedCallers, fields: {}, origins: new Set() };
    const settings = await readCallersFile(file);
    authorities ??= await readAuthorities(settings);
    const callers = await createCallers({ settings, ...others });
    return { callers, fields: settings.fields, origins: new Set(settings.origins) };
  }

  let current = await read();
  return {
    isAuthenticated: file !== undefined,
    clientAuthorities: authorities,
    identify: async (request) => current.callers.identify(request),
    usersFor(users, role) {
      const allowed = current.fields[role];
      return allowed === undefined ? users : restrictUsers(users, allowed);
    },
    isAllowedOrigin: (origin) => current.origins.has(origin),
    async reload() {
      current = await read();
    },
  };
}
