import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fstatSync,
  mkdirSync,
  openSync,
  renameSync,
  statSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

import type { Ports } from '../ports.ts';
import type { TokenOwner } from './store.ts';
import type { LockedStore, Store } from './store.ts';
import { waitForLock } from './wait-for-lock.ts';

const busy = 5;
const corrupt = 11;
const notADatabase = 26;

function sqliteCode(error: unknown): number | undefined {
  const { errcode } = (error ?? {}) as { errcode?: unknown };
  // The low byte is the primary code; the rest says more than we ask.
  return typeof errcode === 'number' ? errcode % 256 : undefined;
}

/** One file per application, in the place where this system keeps what can be lost. */
export function defaultCachePath(
  owner: TokenOwner,
  environment: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const base =
    environment['XDG_CACHE_HOME'] ?? environment['LOCALAPPDATA'] ?? join(homedir(), '.cache');
  const name = createHash('sha256')
    .update(JSON.stringify([owner.authority.href, owner.tenant, owner.clientId]))
    .digest('hex')
    .slice(0, 16);
  return join(base, 'rollcall', `tokens-${name}.db`);
}

const { O_CREAT, O_NOFOLLOW, O_NONBLOCK, O_RDWR } = constants;
const worldWritable = 0o002;
const sticky = 0o1000;

/** Rejects a folder in which every user could replace the file. */
function checkFolder(folder: string): void {
  const { mode } = statSync(folder);
  if (process.platform !== 'win32' && (mode & worldWritable) !== 0 && (mode & sticky) === 0)
    throw new Error('The folder of the token cache can be changed by every user: it is not used.');
}

/**
 * Creates the file before SQLite opens it, so that other users can never read it. A symbolic link is not followed: it
 * would choose a file whose mode is changed and into which a database is written.
 * @throws {Error} when something other than a file of this user is at the path
 */
function prepare(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  checkFolder(dirname(path));
  let file: number;
  try {
    file = openSync(path, O_CREAT | O_RDWR | O_NOFOLLOW | O_NONBLOCK, 0o600);
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ELOOP') throw cause;
    throw new Error('The token cache is a symbolic link: it is not used.', { cause });
  }
  try {
    const stats = fstatSync(file);
    const uid = process.getuid?.();
    if (!stats.isFile()) throw new Error('The token cache is not a regular file: it is not used.');
    if (uid !== undefined && stats.uid !== uid)
      throw new Error('The token cache belongs to another user: it is not used.');
    if (process.platform !== 'win32' && stats.mode % 0o100 !== 0) fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}

function open(path: string): DatabaseSync {
  prepare(path);
  return new DatabaseSync(path, { timeout: 0 });
}

function readFrom(database: DatabaseSync, key: string): Uint8Array | undefined {
  const row = database.prepare('SELECT sealed FROM tokens WHERE key = ?').get(key);
  const sealed = row?.['sealed'];
  return sealed instanceof Uint8Array ? sealed : undefined;
}

const begun = `
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  BEGIN IMMEDIATE;
  CREATE TABLE IF NOT EXISTS tokens (
    key TEXT PRIMARY KEY, sealed BLOB NOT NULL, expires_at INTEGER NOT NULL
  ) STRICT`;

/**
 * Creates a store in a SQLite database file. SQLite makes writes atomic, also with `kill -9` and power failures, and
 * the operating system releases the lock of a process that ends. A damaged file is renamed to `….corrupt`, and a new
 * one is created.
 */
export function createFileStore(path: string, { clock, log }: Pick<Ports, 'clock' | 'log'>): Store {
  function putAside(error: unknown): boolean {
    const code = sqliteCode(error);
    if (code !== corrupt && code !== notADatabase) return false;
    renameSync(path, `${path}.corrupt`);
    log('token-cache-corrupt', { cache: 'file' });
    return true;
  }

  /** Opens the database and begins an exclusive transaction; undefined while another process has one. */
  function begin(): DatabaseSync | undefined {
    const database = open(path);
    try {
      database.exec(begun);
      return database;
    } catch (error) {
      database.close();
      if (sqliteCode(error) === busy || putAside(error)) return undefined;
      throw error;
    }
  }

  return {
    kind: 'file',
    async read(key) {
      let database: DatabaseSync | undefined;
      try {
        database = open(path);
        return readFrom(database, key);
      } catch (error) {
        // Locked during a commit, empty, or damaged: the process that gets the lock handles it.
        log('token-cache-read-failed', {
          cache: 'file',
          code: String(sqliteCode(error) ?? 'unknown'),
        });
        return undefined;
      } finally {
        database?.close();
      }
    },
    async exclusively(_, work, signal) {
      const database = await waitForLock(begin, clock, signal);
      const held: LockedStore = {
        async read(key) {
          return readFrom(database, key);
        },
        async write(key, sealed, expiresAt) {
          database.prepare('DELETE FROM tokens WHERE expires_at < ?').run(clock.wall());
          database
            .prepare('INSERT OR REPLACE INTO tokens VALUES (?, ?, ?)')
            .run(key, sealed, Math.floor(expiresAt));
        },
      };
      try {
        const result = await work(held);
        await waitForLock(
          () => {
            try {
              database.exec('COMMIT');
              return true;
            } catch (error) {
              // Another process is reading.
              if (sqliteCode(error) === busy) return undefined;
              throw error;
            }
          },
          clock,
          signal,
        );
        return result;
      } finally {
        // Closing rolls back what was not committed.
        database.close();
      }
    },
    async [Symbol.asyncDispose]() {},
  };
}
