import { errorNotice } from './report/error-notice.ts';
import { help } from './arguments/help.ts';
import { logLines } from './report/log-lines.ts';
import { parseArguments, type Invocation } from './arguments/parse-arguments.ts';
import { program } from './program.ts';
import { refuseSecrets } from './arguments/refuse-secrets.ts';
import { Stopped, stopSignals } from './process/stop-signals.ts';
import { createConsole, type Console } from './terminal/console.ts';
import { presentation, type PresentationFlags } from './terminal/presentation.ts';

/** The parts of the process that a command uses. */
export type Host = Pick<
  NodeJS.Process,
  'on' | 'off' | 'listenerCount' | 'kill' | 'pid' | 'stdin' | 'stdout' | 'stderr' | 'env' | 'cwd'
>;

/** Returns the global options before the arguments are parsed, for the errors of parsing them. */
function presentationOf(argv: readonly string[]): PresentationFlags {
  const at = argv.indexOf('--log-format');
  return {
    quiet: false,
    verbose: false,
    'log-format': argv.includes('--log-format=json') ? 'json' : argv[at + 1 || argv.length],
    'no-color': argv.includes('--no-color'),
    'no-progress': true,
  };
}

async function execute(
  invocation: Invocation,
  host: Host,
  console: Console,
  signal: AbortSignal,
): Promise<number> {
  if (invocation.kind === 'help') {
    await console.write(await help(program, invocation.words, host.stdout.columns ?? 80));
    return 0;
  }
  const context = {
    core: () => import('@rollcall/core'),
    env: host.env,
    cwd: host.cwd(),
    stdin: host.stdin,
    console,
    log: logLines(console),
    signal,
  };
  return (await invocation.command.run(invocation.args, context, program)) ?? 0;
}

/**
 * Runs one command.
 * @param argv the arguments after the name of the program
 * @returns the exit code. The caller sets it, and Node ends the process when nothing is pending
 */
export async function runProgram(argv: readonly string[], host: Host): Promise<number> {
  using stop = stopSignals(host);
  const consoleFor = (flags: PresentationFlags) =>
    createConsole(host, presentation(flags, host.env, host.stderr.isTTY), stop.signal);
  let console = consoleFor(presentationOf(argv));
  try {
    refuseSecrets(argv);
    const invocation = await parseArguments(argv, program);
    if (invocation.kind === 'run')
      console = consoleFor(invocation.args as unknown as PresentationFlags);
    return await execute(invocation, host, console, stop.signal);
  } catch (thrown) {
    console.status();
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    if (reason instanceof Stopped) return reason.exitCode;
    console.say(errorNotice(console, reason));
    const { exitCodeOf } = await import('@rollcall/core/command-line');
    return exitCodeOf(reason);
  }
}
