import type { Arguments } from './arguments/command.ts';
import { errorNotice } from './report/error-notice.ts';
import { exportSituation } from './output/export-situation.ts';
import { help } from './arguments/help.ts';
import { logLines } from './report/log-lines.ts';
import { parseArguments, type Invocation } from './arguments/parse-arguments.ts';
import { program } from './program.ts';
import { refuseSecrets } from './arguments/refuse-secrets.ts';
import { remediesIn } from './report/remedies.ts';
import { type Situation, unknownSituation } from './report/situation.ts';
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

const loadCore = () => import('@rollcall/core');

async function execute(
  invocation: Invocation,
  host: Host,
  console: Console,
  situation: Situation,
  signal: AbortSignal,
): Promise<number> {
  if (invocation.kind === 'help') {
    await console.write(await help(program, invocation.words, host.stdout.columns ?? 80));
    return 0;
  }
  const context = {
    core: loadCore,
    env: host.env,
    cwd: host.cwd(),
    stdin: host.stdin,
    console,
    log: logLines(console),
    remedies: remediesIn(situation),
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
  let situation = unknownSituation;
  let args: Arguments = {};
  try {
    refuseSecrets(argv);
    const invocation = await parseArguments(argv, program);
    if (invocation.kind === 'run') {
      const { name, command } = invocation;
      args = invocation.args;
      console = consoleFor(args as unknown as PresentationFlags);
      const options = new Set(Object.keys({ ...command.options, ...program.options }));
      situation = { ...unknownSituation, command: name, options };
    }
    return await execute(invocation, host, console, situation, stop.signal);
  } catch (thrown) {
    console.status();
    const reason: unknown = stop.signal.aborted ? stop.signal.reason : thrown;
    if (reason instanceof Stopped) return reason.exitCode;
    const failed = await exportSituation(situation, args, reason, {
      cwd: host.cwd(),
      core: loadCore,
    });
    console.say(errorNotice(console, reason, remediesIn(failed)));
    const { exitCodeOf } = await import('@rollcall/core/command-line');
    return exitCodeOf(reason);
  }
}
