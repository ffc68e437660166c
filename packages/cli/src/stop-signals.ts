import { readerGone, signalExitCodes } from './exit-codes.ts';
import { StandardOutputError } from './standard-output-error.ts';

type StopSignal = keyof typeof signalExitCodes;

/** Why the run was stopped from outside, and what the shell is told. Nothing went wrong: nothing is reported. */
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

// Nobody is left to tell.
function deaf(): void {}

/** How long an orderly stop may take before the signal does what it does to any program. */
const patience = 8000;

/**
 * Turns the first SIGINT or SIGTERM into an abort, and lets the second one end the process at once, as the
 * system does by itself once our listener is gone. A reader that closes standard output aborts too.
 */
export function stopSignals(host: Host): StopSignals {
  const controller = new AbortController();
  const stop = (name: StopSignal) => {
    ignore();
    controller.abort(new Stopped(`Stopped by ${name}.`, signalExitCodes[name]));
    // A write that a stalled reader never takes would keep the process alive for ever.
    setTimeout(() => host.kill(host.pid, name), patience).unref();
  };
  const brokenPipe = (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE')
      controller.abort(new Stopped('The reader of standard output went away.', readerGone));
    else controller.abort(new StandardOutputError(error.code ?? error.name, error));
  };
  function ignore(): void {
    host.off('SIGINT', stop);
    host.off('SIGTERM', stop);
  }
  host.on('SIGINT', stop);
  host.on('SIGTERM', stop);
  host.stdout.on('error', brokenPipe);
  host.stderr.on('error', deaf);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      ignore();
    },
  };
}
