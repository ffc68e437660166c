import type { ClientFiles } from './client-files/write-client-files.ts';
import type { Sandbox, SandboxOptions } from './sandbox.ts';

/** Where the command writes, and what stops it. */
export interface CommandIo {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Aborted when the command should stop: SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
}

export interface CommandArguments {
  readonly users?: number | undefined;
  readonly port?: number | undefined;
  readonly 'control-port'?: number | undefined;
  readonly dir?: string | undefined;
  readonly seed?: string | undefined;
  readonly fault?: readonly string[] | undefined;
  readonly latency?: number | undefined;
  readonly jitter?: number | undefined;
  readonly bandwidth?: number | undefined;
  readonly 'token-lifetime'?: number | undefined;
  readonly 'host-name'?: readonly string[] | undefined;
}

export const describe = 'A tenant in a box, until stopped';

/** In the form of yargs' option table, as plain data: any front end can mount it. */
export const options = {
  users: { type: 'number', default: 1_000, describe: 'How many users the tenant has' },
  port: { type: 'number', default: 0, describe: 'Port of the tenant (HTTPS); 0 takes a free one' },
  'control-port': {
    type: 'number',
    default: 0,
    describe: 'Port for people and tests (HTTP); 0 takes a free one',
  },
  dir: { type: 'string', describe: 'Write ca.pem, parameters.json and the like into this folder' },
  seed: { type: 'string', default: '1', describe: 'Makes the same people and ids again' },
  fault: {
    type: 'string',
    array: true,
    // One value a flag, so that what follows is not taken for another fault.
    nargs: 1,
    describe: 'What goes wrong: kind[:key=value,…], as in throttled:nth=2,retryAfter=3; repeatable',
  },
  latency: { type: 'number', describe: 'Milliseconds before each answer' },
  jitter: { type: 'number', describe: 'Up to so many milliseconds more, at random' },
  bandwidth: { type: 'number', describe: 'Bytes a second of each answer' },
  'token-lifetime': { type: 'number', describe: 'Of access tokens, in seconds' },
  'host-name': {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'Another name that the tenant answers to, such as a custom domain; repeatable',
  },
} as const;

function isPort(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 65_535;
}

function check(args: CommandArguments): string | undefined {
  const { users = 0, port = 0, 'control-port': controlPort = 0 } = args;
  if (!Number.isInteger(users) || users < 0 || users > 1_000_000)
    return '--users must be a whole number from 0 to 1000000';
  if (!isPort(port)) return '--port must be a whole number from 0 to 65535';
  return isPort(controlPort) ? undefined : '--control-port must be a whole number from 0 to 65535';
}

function readyLine(sandbox: Sandbox, files: ClientFiles | undefined): string {
  const ready = {
    ready: true,
    url: sandbox.url,
    tenant: sandbox.tenant,
    clientId: sandbox.secretClient.clientId,
    ...files,
    control: sandbox.control,
  };
  return `${JSON.stringify(ready)}\n`;
}

/**
 * Runs the sandbox until `io.signal` aborts; prints one line of JSON when it answers.
 * @returns the exit code: 0 stopped as asked, 2 wrong arguments, 7 cannot listen or write its files
 */
export async function run(args: CommandArguments, io: CommandIo): Promise<number> {
  const problem = check(args);
  if (problem !== undefined) {
    io.stderr.write(`rollcall sandbox: ${problem}\n`);
    return 2;
  }
  // Loaded here, so that showing the options loads no HTTPS and no X.509.
  const [{ startSandbox }, { writeClientFiles }, { readFaultFlag }, { readConditions }] =
    await Promise.all([
      import('./start-sandbox.ts'),
      import('./client-files/write-client-files.ts'),
      import('./faults/read-fault.ts'),
      import('./http/conditions.ts'),
    ]);
  let troubles: Pick<SandboxOptions, 'faults' | 'conditions'>;
  try {
    const given = Object.entries(args).filter(
      ([name, value]) => ['latency', 'jitter', 'bandwidth'].includes(name) && value !== undefined,
    );
    troubles = {
      faults: args.fault?.map(readFaultFlag),
      conditions: readConditions(Object.fromEntries(given)),
    };
  } catch (error) {
    io.stderr.write(
      `rollcall sandbox: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 2;
  }
  try {
    await using sandbox = await startSandbox({
      users: args.users,
      seed: args.seed,
      port: args.port,
      controlPort: args['control-port'],
      tokenLifetime: args['token-lifetime'],
      hostNames: args['host-name'],
      ...troubles,
    });
    const files = args.dir === undefined ? undefined : await writeClientFiles(sandbox, args.dir);
    io.stdout.write(readyLine(sandbox, files));
    await new Promise<void>((resolve) => {
      if (io.signal.aborted) resolve();
      else io.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    return 0;
  } catch (error) {
    io.stderr.write(
      `rollcall sandbox: ${error instanceof Error ? error.message : String(error)}\n`,
    );
    return 7;
  }
}
