import { brokenPipe, signalExitCodes } from './exit-codes.ts';
import { StandardOutputError } from './standard-output-error.ts';

type StopSignal = keyof typeof signalExitCodes;

/** The command was stopped by a signal or a closed pipe. It is not an error, so nothing is reported. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
  readonly exitCode: number;

  constructor(message: string, exitCode: number) {
    super(message);
    this.exitCode = exitCode;
  }
}

export interface StopSignals extends Disposable {
  /** Its reason is a {@link Stopped}, or a {@link StandardOutputError}. */
  readonly signal: AbortSignal;
}

type Host = Pick<NodeJS.Process, 'on' | 'off' | 'kill' | 'pid' | 'stdout' | 'stderr'>;

// Without a listener, an error of stderr would end the process with a stack trace.
function ignoreError(): void {}

/** The time for an orderly stop, in milliseconds. After it, the signal ends the process. */
const stopTimeout = 8000;

/**
 * Turns the first SIGINT or SIGTERM into an abort. The listeners are removed then, so that a second signal ends the
 * process at once. A reader that closes stdout aborts the command too.
 */
export function stopSignals(host: Host): StopSignals {
  const controller = new AbortController();
  const stop = (name: StopSignal) => {
    ignore();
    controller.abort(new Stopped(`Stopped by ${name}.`, signalExitCodes[name]));
    // A write to a reader that has stopped reading would keep the process alive forever.
    setTimeout(() => host.kill(host.pid, name), stopTimeout).unref();
  };
  const onOutputError = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE')
      controller.abort(new Stopped('The reader closed the pipe.', brokenPipe));
    else controller.abort(new StandardOutputError(error.code ?? error.name, error));
  };
  function ignore(): void {
    host.off('SIGINT', stop);
    host.off('SIGTERM', stop);
  }
  host.on('SIGINT', stop);
  host.on('SIGTERM', stop);
  host.stdout.on('error', onOutputError);
  host.stderr.on('error', ignoreError);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      ignore();
    },
  };
}
