import type { Receipt } from '@rollcall/core';
import type { Request, Response } from 'express';

import { RequestError } from '../../errors/request-error.ts';
import type { ServerLog } from '../server-events.ts';
import type { AuditLog } from './audit-log.ts';

const notRecorded = new RequestError({
  status: 503,
  code: 'audit_unavailable',
  graphCode: 'serviceNotAvailable',
  title: 'The export cannot be recorded',
  detail:
    'The server records every export, and cannot write to its audit log. Its log contains the reason.',
  retryAfter: 30,
});

/** What an audit record says of a request. */
export interface AuditedCall {
  readonly requestId: string;
  readonly caller?: string | undefined;
  readonly route?: string | undefined;
  readonly failure?: string | undefined;
  readonly users?: number | undefined;
}

export interface AuditOptions {
  /** Absent when exports are not recorded. */
  readonly audit: Pick<AuditLog, 'write'> | undefined;
  readonly log: ServerLog;
}

/** Why a record could not be written: the code of the system, as texts can contain paths. */
function reasonOf(error: unknown): string {
  return (error as { readonly code?: string }).code ?? 'unknown';
}

/**
 * Records that an export begins, and at the end of its response how it ended. An export that cannot be recorded does
 * not begin.
 * @param receipt the receipt of the listing, as far as it has come
 * @throws {RequestError} 503 when the record cannot be written
 */
export async function auditExport(
  { audit, log }: AuditOptions,
  {
    request,
    response,
    call,
  }: { readonly request: Request; readonly response: Response; readonly call: AuditedCall },
  receipt: () => Receipt,
): Promise<void> {
  if (audit === undefined) return;
  const started = performance.now();
  const { requestId } = call;
  const common = () => ({
    time: new Date().toISOString(),
    requestId,
    caller: call.caller ?? 'anonymous',
    address: request.socket.remoteAddress ?? 'unknown',
    route: call.route ?? '(none)',
  });
  const { address } = common();
  try {
    await audit.write({ event: 'export-started', ...common(), query: { ...receipt().query } });
  } catch (error) {
    log('audit-failed', { requestId, reason: reasonOf(error) });
    throw notRecorded;
  }
  const recordEnd = async (): Promise<void> => {
    const isError = response.statusCode >= 400;
    try {
      await audit.write({
        event: 'export-ended',
        ...common(),
        // The connection is closed by now, and an open one has an address only.
        address,
        outcome: isError ? 'failed' : response.writableFinished ? 'complete' : 'cut',
        status: response.statusCode,
        failure: call.failure,
        users: call.users ?? 0,
        duration: Math.round(performance.now() - started),
        receipt: { ...receipt() },
      });
    } catch (error) {
      log('audit-failed', { requestId, reason: reasonOf(error) });
    }
  };
  if (response.closed) await recordEnd();
  else response.once('close', () => void recordEnd());
}
