import { execFile, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What starts a client, by the ending of its file. Debian's Python, because the MSAL that we mean is Debian's. */
const interpreters: Readonly<Record<string, string>> = {
  ts: process.execPath,
  py: '/usr/bin/python3',
  sh: 'bash',
};

/** Why clients in this language cannot run here; undefined when they can. */
export function missing(ending: string): string | undefined {
  const probes: Readonly<Record<string, readonly [string, string[], string]>> = {
    py: ['/usr/bin/python3', ['-c', 'import msal, requests'], 'python3-msal and python3-requests'],
    sh: ['curl', ['--version'], 'curl'],
  };
  const probe = probes[ending];
  if (probe === undefined) return undefined;
  const [program, args, name] = probe;
  return spawnSync(program, args).status === 0 ? undefined : `needs ${name}`;
}

export interface ClientRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of `clients/` to its end, in an environment that holds nothing of ours but what it is given. */
export async function runClient(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<ClientRun> {
  const path = fileURLToPath(new URL(`clients/${file}`, import.meta.url));
  const interpreter = interpreters[file.split('.').at(-1) ?? ''] ?? '';
  try {
    const { stdout, stderr } = await promisify(execFile)(interpreter, [path, ...args], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      maxBuffer: 64 * 1024 * 1024,
    });
    return { code: 0, stdout, stderr };
  } catch (error) {
    const failed = error as { code: unknown; stdout?: string; stderr?: string };
    if (typeof failed.code !== 'number') throw error;
    return { code: failed.code, stdout: failed.stdout ?? '', stderr: failed.stderr ?? '' };
  }
}

/** How many ids were printed, how many of them differ, and a digest that two listings of one directory share. */
export interface Roll {
  readonly count: number;
  readonly distinct: number;
  /** SHA-256 of the sorted ids, one a line. */
  readonly sha256: string;
}

export function rollOf(stdout: string): Roll {
  const ids = stdout.split('\n').filter((id) => id !== '');
  const sorted = ids.toSorted().map((id) => `${id}\n`);
  return {
    count: ids.length,
    distinct: new Set(ids).size,
    sha256: createHash('sha256').update(sorted.join('')).digest('hex'),
  };
}
