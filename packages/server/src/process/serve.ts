import { type Directory, type Settings, SettingsError } from '@rollcall/core';
import { internalError } from '@rollcall/core/command-line';

import { failureOf } from '../errors/failure.ts';
import { openAuditLog, type AuditLog } from '../observability/audit/audit-log.ts';
import { createMetrics } from '../observability/metrics/create-metrics.ts';
import type { ServerLog } from '../observability/server-events.ts';
import { openTraces } from '../observability/traces.ts';
import { checkCredentialFiles } from './check-credential-files.ts';
import { refuseUnsafeEnvironment } from './unsafe-environment.ts';
import { startServer, type ServerOptions } from '../start-server.ts';

/** What a run touches of its process. */
export interface Host extends Pick<NodeJS.Process, 'on' | 'off'> {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { write(text: string): unknown };
  /** The options of Node itself. */
  readonly execArgv: readonly string[];
}

export interface ServeOptions extends Omit<
  ServerOptions,
  'directory' | 'metrics' | 'audit' | 'traces'
> {
  readonly settings: Settings;
  readonly open: (settings: Settings, log: ServerLog) => Promise<Directory>;
  readonly host: string;
  /** The file of audit records, `-` for standard output; absent when exports are not recorded. */
  readonly auditLog?: string | undefined;
  /** Whether requests are traced, with the OpenTelemetry SDK that is registered in the process. */
  readonly traces?: boolean | undefined;
}

interface Signals {
  /** A second signal to stop. */
  readonly again: () => void;
  /** SIGHUP. */
  readonly reload: () => Promise<void>;
}

/** Resolves with the exit code when a signal or an error ends the run. */
function untilStopped(
  host: Host,
  log: ServerLog,
  { again, reload }: Signals,
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
    SIGHUP: () => {
      log('reloading', { signal: 'SIGHUP' });
      void reload();
    },
    SIGINT: stop('SIGINT'),
    SIGTERM: stop('SIGTERM'),
    uncaughtException: broken,
    unhandledRejection: broken,
  };
  host.on('SIGHUP', listeners.SIGHUP);
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

/** Opens the audit log again, after its file was renamed. The present file stays in use when that fails. */
async function reopenAudit(audit: AuditLog | undefined, log: ServerLog): Promise<void> {
  if (audit === undefined) return;
  try {
    await audit.reopen();
    log('audit-reopened', {});
  } catch (error) {
    const issues = error instanceof SettingsError ? error.issues : [];
    log('audit-failed', { reason: issues.map(({ message }) => message).join('; ') || 'unknown' });
  }
}

/**
 * Opens the directory, starts the server and prints one JSON line when it is ready. A signal stops it: pending requests
 * are finished within the drain limit. A second signal ends them.
 * @returns the exit code
 * @throws {DirectoryError} when it cannot start
 */
export async function serve(options: ServeOptions, process: Host): Promise<number> {
  refuseUnsafeEnvironment(process);
  const { settings, open, auditLog, traces: isTraced, ...server } = options;
  using metrics = createMetrics();
  const log = metrics.observing(options.log);
  await using audit =
    auditLog === undefined ? undefined : await openAuditLog(auditLog, process.stdout);
  using traces = isTraced === true ? await openTraces() : undefined;
  if (traces?.isRegistered === false) log('traces-unused', {});
  await using directory = await open(settings, log);
  await checkCredentialFiles(directory);
  await using running = await startServer({
    ...server,
    tenant: `${settings.authority.href}/${settings.clientId}`,
    directory,
    log,
    metrics,
    audit,
    traces,
  });
  let cut = false;
  using stopped = untilStopped(process, log, {
    again() {
      cut = true;
      running.cut();
    },
    async reload() {
      await Promise.all([running.reload(), reopenAudit(audit, log)]);
    },
  });
  process.stdout.write(`${JSON.stringify({ ready: true, url: running.url })}\n`);
  log('ready', { host: options.host, port: Number(new URL(running.url).port) });
  const code = await stopped.code;
  await running.drain();
  log('stopped', {});
  return cut ? 1 : code;
}
