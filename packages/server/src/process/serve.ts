import { type Directory, type Settings, SettingsError } from '@rollcall/core';
import { internalError } from '@rollcall/core/command-line';

import { failureOf } from '../errors/failure.ts';
import { openAuditLog } from '../observability/audit/audit-log.ts';
import { createMetrics } from '../observability/metrics/create-metrics.ts';
import type { ServerLog } from '../observability/server-events.ts';
import { startServer, type ServerOptions } from '../start-server.ts';

/** What a run touches of its process. */
export interface Host extends Pick<NodeJS.Process, 'on' | 'off'> {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
}

export interface ServeOptions extends Omit<ServerOptions, 'directory' | 'metrics' | 'audit'> {
  readonly settings: Settings;
  readonly open: (settings: Settings, log: ServerLog) => Promise<Directory>;
  readonly host: string;
  /** The file of audit records, `-` for standard output; absent when exports are not recorded. */
  readonly auditLog?: string | undefined;
}

/** A process that skips certificate checks sends its credential to any host that responds. */
function refuseUncheckedTls(env: Host['env']): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] !== '0') return;
  throw new SettingsError([
    {
      path: 'NODE_TLS_REJECT_UNAUTHORIZED',
      source: 'NODE_TLS_REJECT_UNAUTHORIZED',
      message: 'turns off the check of every certificate in this process',
      hint: 'Unset it; name the certificate authority with --ca instead.',
    },
  ]);
}

/** Resolves with the exit code when a signal or an error ends the run. */
function untilStopped(
  host: Host,
  log: ServerLog,
  again: () => void,
): Disposable & { readonly code: Promise<number> } {
  const { promise, resolve } = Promise.withResolvers<number>();
  let stopping = false;
  const stop = (signal: 'SIGINT' | 'SIGTERM') => () => {
    log('stopping', { signal });
    if (stopping) again();
    stopping = true;
    resolve(0);
  };
  // After an uncaught error the state is unknown: the server only shuts down.
  const broken = (error: unknown): void => {
    log('unhandled-error', failureOf(error));
    stopping = true;
    resolve(internalError);
  };
  const listeners = {
    SIGINT: stop('SIGINT'),
    SIGTERM: stop('SIGTERM'),
    uncaughtException: broken,
    unhandledRejection: broken,
  };
  host.on('SIGINT', listeners.SIGINT);
  host.on('SIGTERM', listeners.SIGTERM);
  host.on('uncaughtException', broken);
  host.on('unhandledRejection', broken);
  return {
    code: promise,
    [Symbol.dispose]() {
      for (const [event, listener] of Object.entries(listeners)) host.off(event, listener);
    },
  };
}

/**
 * Opens the directory, starts the server and prints one JSON line when it is ready. A signal stops it: pending requests
 * are finished within the drain limit. A second signal ends them.
 * @returns the exit code
 * @throws {DirectoryError} when it cannot start
 */
export async function serve(options: ServeOptions, process: Host): Promise<number> {
  refuseUncheckedTls(process.env);
  const { settings, open, auditLog, ...server } = options;
  using metrics = createMetrics();
  const log = metrics.observing(options.log);
  await using audit =
    auditLog === undefined ? undefined : await openAuditLog(auditLog, process.stdout);
  await using directory = await open(settings, log);
  await using running = await startServer({ ...server, directory, log, metrics, audit });
  let cut = false;
  using stopped = untilStopped(process, log, () => {
    cut = true;
    running.cut();
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url: running.url })}\n`);
  log('ready', { host: options.host, port: Number(new URL(running.url).port) });
  const code = await stopped.code;
  await running.drain();
  log('stopped', {});
  return cut ? 1 : code;
}
