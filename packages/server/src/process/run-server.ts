import { resolve } from 'node:path';

import { loadSettings } from '@rollcall/core';
import { errorReport, exitCodeOf } from '@rollcall/core/command-line';

import { readCommandLine } from './command-line.ts';
import { standardOutput } from '../observability/audit/audit-log.ts';
import { createLog } from '../observability/log.ts';
import { serve, type Host, type ServeOptions } from './serve.ts';
import { startRemedies } from './start-remedies.ts';
import { version } from '../version.ts';

export interface RunOptions {
  readonly argv: readonly string[];
  /** Relative paths of flags start here. */
  readonly cwd: string;
  readonly stderr: { write(text: string): unknown };
  readonly open: ServeOptions['open'];
}

function resolveAuditLog(cwd: string, path: string): string {
  return path === standardOutput ? path : resolve(cwd, path);
}

/** The program: from the command line to the exit code. Standard output gets the ready line, standard error the log. */
export async function runServer(options: RunOptions, process: Host): Promise<number> {
  const asked = await readCommandLine(options.argv, version());
  if (asked.kind === 'tell') {
    process.stdout.write(asked.text);
    return 0;
  }
  if (asked.kind === 'refuse') {
    options.stderr.write(asked.text);
    return 2;
  }
  const log = createLog({ write: (line) => void options.stderr.write(line) }, asked.logLevel);
  try {
    const settings = await loadSettings({
      flags: asked.flags,
      environment: process.env,
      cwd: options.cwd,
    });
    const { host, port, allowedHosts, publicUrl, insecureHttp, traces } = asked;
    const callers = asked.callers && resolve(options.cwd, asked.callers);
    const pageKeys = asked.pageKeys && resolve(options.cwd, asked.pageKeys);
    const auditLog = asked.auditLog && resolveAuditLog(options.cwd, asked.auditLog);
    const tls = asked.tls && {
      certificate: resolve(options.cwd, asked.tls.certificate),
      key: resolve(options.cwd, asked.tls.key),
    };
    const server = {
      host,
      port,
      allowedHosts,
      publicUrl,
      tls,
      callers,
      pageKeys,
      insecureHttp,
      auditLog,
      traces,
    };
    return await serve({ settings, open: options.open, log, ...server }, process);
  } catch (error) {
    const { text } = errorReport(error, { program: 'rollcall-server', remedies: startRemedies });
    options.stderr.write(`${text}\n`);
    return exitCodeOf(error);
  }
}
