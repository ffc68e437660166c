import type { Context, Core } from '../context.ts';
import { logLines } from '../report/log-lines.ts';
import { remediesIn } from '../report/remedies.ts';
import { unknownSituation } from '../report/situation.ts';
import { createConsole } from '../terminal/console.ts';
import { createFakeHost, type FakeHost, type FakeHostOptions } from './fake-host.ts';

/** A context whose streams can be read back, and whose core is what the test says. */
export function createFakeContext(
  core: Partial<Core>,
  options: FakeHostOptions = {},
): { readonly context: Context; readonly fake: FakeHost } {
  const fake = createFakeHost(options);
  const { signal } = new AbortController();
  const console = createConsole(
    fake.host,
    { quiet: false, verbose: false, logFormat: 'text', color: false, progress: false },
    signal,
  );
  const context: Context = {
    core: () => Promise.resolve(core as Core),
    env: {},
    cwd: options.cwd ?? '/nowhere',
    stdin: fake.host.stdin,
    console,
    log: logLines(console),
    remedies: remediesIn(unknownSituation),
    signal,
  };
  return { context, fake };
}
