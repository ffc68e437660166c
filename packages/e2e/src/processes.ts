import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface Finished extends Exit {
  readonly stdout: string;
  readonly stderr: string;
}

export interface StartOptions {
  /** The whole environment: nothing of ours leaks into the program but where to find Node. */
  readonly env?: Readonly<Record<string, string>> | undefined;
  readonly cwd?: string | undefined;
  /** The Node that runs it; the one that runs the tests when absent. */
  readonly node?: string | undefined;
  /** What the program finds on standard input; nothing at all when absent. */
  readonly stdin?: string | undefined;
}

/** One of our programs, running. Disposing it stops it by its pid and waits until it is gone. */
export interface Running extends AsyncDisposable {
  readonly pid: number;
  /** For tests that read at their own pace, or close the pipe. */
  readonly child: ChildProcess;
  /** What it has printed so far. */
  stdout(): string;
  stderr(): string;
  /** Resolves with the first whole line of standard output that `wanted` accepts; rejects when it ends without. */
  line(wanted?: (line: string) => boolean): Promise<string>;
  /** Resolves when it has ended and everything it printed has been read. */
  finished: Promise<Finished>;
  signal(name: NodeJS.Signals): void;
  /** Sends SIGTERM, after ten seconds SIGKILL, and waits. */
  stop(): Promise<Finished>;
}

/** Starts a program under this very Node. */
export function start(main: string, args: readonly string[], options: StartOptions = {}): Running {
  const child = spawn(options.node ?? process.execPath, [main, ...args], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const texts = { stdout: '', stderr: '' };
  const changed = new EventTarget();
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8');
    child[name].on('data', (chunk: string) => {
      texts[name] += chunk;
      changed.dispatchEvent(new Event('changed'));
    });
  }
  // A program that ends before reading its input is its own business.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  const finished = once(child, 'close').then(([code, signal]): Finished => {
    changed.dispatchEvent(new Event('changed'));
    return { code: code as number | null, signal: signal as NodeJS.Signals | null, ...texts };
  });
  const signal = (name: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(name);
  };
  const stop = async () => {
    signal('SIGTERM');
    const last = setTimeout(() => signal('SIGKILL'), 10_000);
    try {
      return await finished;
    } finally {
      clearTimeout(last);
    }
  };
  return {
    pid: child.pid ?? 0,
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    async line(wanted = () => true) {
      for (;;) {
        const found = texts.stdout.split('\n').slice(0, -1).find(wanted);
        if (found !== undefined) return found;
        if (child.exitCode !== null || child.signalCode !== null) {
          const { code, stderr } = await finished;
          throw new Error(`${main} ended with ${code} before it said so:\n${stderr}`);
        }
        await Promise.race([once(changed, 'changed'), finished]);
      }
    },
    finished,
    signal,
    stop,
    async [Symbol.asyncDispose]() {
      await stop();
    },
  };
}
