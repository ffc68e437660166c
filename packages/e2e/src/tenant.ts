import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Running } from './processes.ts';
import type { Stage } from './stage.ts';

/** What the sandbox says when it is ready. */
export interface Ready {
  readonly url: string;
  readonly tenant: string;
  readonly clientId: string;
  readonly ca: string;
  readonly parameters: string;
  readonly certificateParameters: string;
  readonly noConsentParameters: string;
  readonly control: string;
}

/** One request, as the sandbox remembers it. */
export interface JournalEntry {
  readonly class: 'discovery' | 'token' | 'graph' | 'managed-identity' | 'other';
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly requestId: string;
  readonly aborted: boolean;
  readonly clientId?: string | undefined;
  readonly userAgent?: string | undefined;
  readonly credential?: string | undefined;
  readonly assertion?:
    | {
        readonly algorithm: string;
        readonly keyNamedBy?: string | undefined;
        readonly chain: number;
        readonly issuer: string;
        readonly subject: string;
      }
    | undefined;
}

/** The quickstart's `parameters.json`. */
export type Parameters = Readonly<Record<string, unknown>>;

/** A sandbox tenant in its own process, with a folder of its own. */
export interface Tenant extends Ready, AsyncDisposable {
  readonly folder: string;
  readonly running: Running;
  /** What everything that reads this tenant must never print. */
  readonly secrets: Readonly<Record<string, string>>;
  /** Flags for the application with a secret. */
  readonly flags: readonly string[];
  journal(): Promise<readonly JournalEntry[]>;
  forget(): Promise<void>;
  /** Writes a variation of the application's parameters.json; undefined takes a key away. */
  variation(name: string, changes: Parameters): Promise<string>;
}

export async function startTenant(
  stage: Stage,
  options: { readonly users: number; readonly flags?: readonly string[] },
): Promise<Tenant> {
  const folder = await mkdtemp(join(tmpdir(), 'rollcall-e2e-'));
  const running = stage.start('sandbox', [
    '--users',
    String(options.users),
    '--dir',
    folder,
    ...(options.flags ?? []),
  ]);
  const ready = JSON.parse(await running.line()) as Ready;
  const given = JSON.parse(await readFile(ready.parameters, 'utf8')) as Parameters;
  const noConsent = JSON.parse(await readFile(ready.noConsentParameters, 'utf8')) as Parameters;
  const key = await readFile(join(folder, 'client.key'), 'utf8');
  return {
    ...ready,
    folder,
    running,
    secrets: {
      'the client secret': String(given['secret']),
      'the secret of the application without consent': String(noConsent['secret']),
      // The first lines of every PKCS#8 key are alike; the middle is not.
      'the private key': key.split('\n')[8] ?? '',
    },
    flags: ['--config', ready.parameters, '--ca', ready.ca],
    async journal() {
      const response = await fetch(`${ready.control}/journal`);
      return ((await response.json()) as { entries: JournalEntry[] }).entries;
    },
    async forget() {
      await fetch(`${ready.control}/journal/clear`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{}',
      });
    },
    async variation(name, changes) {
      const path = join(folder, name);
      await writeFile(path, JSON.stringify({ ...given, ...changes }), { mode: 0o600 });
      return path;
    },
    async [Symbol.asyncDispose]() {
      await running.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
