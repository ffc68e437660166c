import { isSkew, tenantSkews } from './directory/tenant-skew.ts';
import type { UserValues } from './directory/user-values.ts';
import { codeOf, StartError } from './start-error.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';
import { readyLine, startText } from './start/start-text.ts';

/** The streams of the command, and the signal that stops it. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  /** Whether a person reads standard output: the start is then reported as text, else as a line of JSON. */
  readonly isTerminal?: boolean | undefined;
  readonly stderr: { write(text: string): unknown };
  /** Aborted when the command should stop: SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

export interface CommandArguments {
  readonly users?: number | undefined;
  readonly 'users-from'?: string | undefined;
  readonly 'deleted-users'?: number | undefined;
  readonly permission?: readonly string[] | undefined;
  readonly port?: number | undefined;
  readonly 'control-port'?: number | undefined;
  readonly dir?: string | undefined;
  readonly seed?: string | undefined;
  readonly fault?: readonly string[] | undefined;
  readonly latency?: number | undefined;
  readonly jitter?: number | undefined;
  readonly bandwidth?: number | undefined;
  readonly 'token-lifetime'?: number | undefined;
  readonly 'filtered-token-idle'?: number | undefined;
  readonly quota?: number | undefined;
  readonly 'replica-lag'?: readonly string[] | undefined;
  readonly skew?: readonly string[] | undefined;
  readonly behavior?: readonly string[] | undefined;
  readonly 'host-name'?: readonly string[] | undefined;
}

export const describe = 'Start a local mock tenant';

/** The options in the format of yargs, as plain data that other command lines can use. */
export const options = {
  users: { type: 'number', default: 1_000, describe: 'Number of users' },
  'users-from': {
    type: 'string',
    describe: 'Use the users of FILE: CSV, TSV, JSON or NDJSON, such as an export',
  },
  'deleted-users': { type: 'number', default: 0, describe: 'Number of deleted users' },
  permission: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'Application permission in addition to User.Read.All, for example GroupMember.Read.All; repeatable',
  },
  port: { type: 'number', default: 0, describe: 'HTTPS port of the tenant; 0 selects a free port' },
  'control-port': {
    type: 'number',
    default: 0,
    describe: 'Port of the control API (HTTP); 0 selects a free port',
  },
  dir: { type: 'string', describe: 'Write ca.pem, parameters.json and other client files to DIR' },
  seed: {
    type: 'string',
    default: '1',
    describe: 'Random seed: the same seed creates the same users',
  },
  fault: {
    type: 'string',
    array: true,
    // One value per flag, so that the next argument is not taken for another fault.
    nargs: 1,
    describe:
      'Inject a fault: KIND[:KEY=VALUE,…], for example throttled:nth=2,retryAfter=3; repeatable',
  },
  latency: { type: 'number', describe: 'Latency of each response, in ms' },
  jitter: { type: 'number', describe: 'Random extra latency, in ms' },
  bandwidth: { type: 'number', describe: 'Bandwidth of each response, in bytes per second' },
  'token-lifetime': { type: 'number', describe: 'Lifetime of access tokens, in seconds' },
  'filtered-token-idle': {
    type: 'number',
    describe: 'Idle seconds after which page tokens of filtered lists expire (default never)',
  },
  quota: {
    type: 'number',
    describe: 'Resource units per 10 s for each application (default by tenant size)',
  },
  'replica-lag': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Lag, in seconds, of a copy that answers requests; repeatable',
  },
  skew: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'Distribution of users: one-prefix, one-second, half-guests, manager-cycle; repeatable',
  },
  behavior: {
    type: 'string',
    array: true,
    nargs: 1,
    describe:
      'Choose a behavior that Graph does not document: NAME=CHOICE, for example principalNameRange=ignored; repeatable',
  },
  'host-name': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Additional host name of the tenant, such as a custom domain; repeatable',
  },
} as const;

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function check(args: CommandArguments): string | undefined {
  const { port = 0, 'control-port': controlPort = 0 } = args;
  for (const name of ['users', 'deleted-users'] as const) {
    const { [name]: users = 0 } = args;
    if (!Number.isInteger(users) || users < 0 || users > 1_000_000)
      return `Invalid value for --${name}: expected a whole number from 0 to 1000000.`;
  }
  if (!isPort(port)) return 'Invalid value for --port: expected a whole number from 0 to 65535.';
  if (!isPort(controlPort))
    return 'Invalid value for --control-port: expected a whole number from 0 to 65535.';
  const { quota = 1, 'filtered-token-idle': idle = 0, skew = [] } = args;
  if (!(quota > 0)) return 'Invalid value for --quota: expected a number above 0.';
  if (!(idle >= 0)) return 'Invalid value for --filtered-token-idle: expected 0 or more seconds.';
  const lags = args['replica-lag'] ?? [];
  if (lags.length > 8 || !lags.every((lag) => /^\d+(?:\.\d+)?$/u.test(lag)))
    return 'Invalid value for --replica-lag: expected 0 or more seconds, at most 8 times.';
  const unknown = skew.find((name) => !isSkew(name));
  return unknown === undefined
    ? undefined
    : `Invalid value "${unknown}" for --skew: expected ${tenantSkews.join(', ')}.`;
}

async function aborted(signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Writes the client files. Their folder is locked until the sandbox ends. */
async function prepareFolder(sandbox: Sandbox, folder: string) {
  const [{ writeClientFiles }, { makeFolder }, { lockFolder }] = await Promise.all([
    import('./client-files/write-client-files.ts'),
    import('./client-files/make-folder.ts'),
    import('./client-files/folder-lock.ts'),
  ]);
  try {
    await makeFolder(folder);
    const { control, url } = sandbox;
    const lock = await lockFolder(folder, { pid: process.pid, control, url });
    try {
      return { lock, written: await writeClientFiles(sandbox, folder) };
    } catch (error) {
      await lock.release();
      throw error;
    }
  } catch (error) {
    if (error instanceof StartError) throw error;
    throw new StartError(
      `Cannot write client files to ${folder}: ${codeOf(error) ?? String(error)}.`,
      'Use a folder that you can write to with --dir.',
      error,
    );
  }
}

async function readUsersOf(path: string): Promise<readonly UserValues[]> {
  const { readUsersFile } = await import('./read-users-file.ts');
  return readUsersFile(path);
}

function errorText(error: unknown): string {
  const hint = error instanceof StartError ? `\nhint: ${error.hint}` : '';
  return `error: ${error instanceof Error ? error.message : String(error)}${hint}\n`;
}

/** `NAME=CHOICE` as an entry of an object. */
function readPair(text: string): [name: string, choice: string] {
  const [name = '', ...choice] = text.split('=');
  return [name, choice.join('=')];
}

/**
 * Runs the sandbox until `io.signal` aborts. Prints a line of JSON (text on a terminal) when it accepts connections.
 * @returns the exit code: 0 stopped by the signal, 2 invalid arguments, 7 cannot listen or write its files
 */
export async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const problem = check(args);
  if (problem !== undefined) {
    io.stderr.write(`error: ${problem}\n`);
    return 2;
  }
  // Imported here, so that `--help` does not load HTTPS and X.509.
  const [{ startSandbox }, { readFaultFlag }, { readConditions }, { readChoices }] =
    await Promise.all([
      import('./start-sandbox.ts'),
      import('./faults/read-fault.ts'),
      import('./http/conditions.ts'),
      import('./graph/unsettled.ts'),
    ]);
  let given: readonly UserValues[] | undefined;
  let troubles: Pick<SandboxOptions, 'faults' | 'conditions' | 'graph'>;
  try {
    if (args['users-from'] !== undefined) given = await readUsersOf(args['users-from']);
    const conditions = Object.entries(args).filter(
      ([name, value]) => ['latency', 'jitter', 'bandwidth'].includes(name) && value !== undefined,
    );
    troubles = {
      faults: args.fault?.map(readFaultFlag),
      conditions: readConditions(Object.fromEntries(conditions)),
      graph: readChoices(Object.fromEntries((args.behavior ?? []).map(readPair))),
    };
  } catch (error) {
    io.stderr.write(errorText(error));
    return 2;
  }
  try {
    await using sandbox = await startSandbox({
      users: given ?? args.users,
      deletedUsers: args['deleted-users'],
      permissions: args.permission,
      seed: args.seed,
      port: args.port,
      controlPort: args['control-port'],
      tokenLifetime: args['token-lifetime'],
      hostNames: args['host-name'],
      filteredTokenIdleSeconds: args['filtered-token-idle'],
      unitsPer10Seconds: args.quota,
      replicaLagSeconds: args['replica-lag']?.map(Number),
      skew: args.skew?.filter(isSkew),
      ...troubles,
    });
    const files = args.dir === undefined ? undefined : await prepareFolder(sandbox, args.dir);
    try {
      io.stdout.write(
        io.isTerminal === true
          ? startText(sandbox, files?.written, sandbox.truth().users)
          : readyLine(sandbox, files?.written),
      );
      await aborted(io.signal);
    } finally {
      await files?.lock.release();
    }
    return 0;
  } catch (error) {
    io.stderr.write(errorText(error));
    return 7;
  }
}
