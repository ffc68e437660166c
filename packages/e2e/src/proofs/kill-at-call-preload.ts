import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

// Runs inside a program under test, before it: kills it right before the n-th call that touches the files in FOLDER.
const folder = process.env['FOLDER'] ?? '';
let left = Number(process.env['KILL_BEFORE']);

function count(): void {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
}

type Call = (...args: unknown[]) => unknown;

function countCalls(on: object, name: string): void {
  const calls = on as Record<string, Call>;
  const call = calls[name];
  if (call === undefined) throw new Error(`there is no ${name}: nothing would be counted`);
  calls[name] = (...args) => {
    const [path] = args;
    if (on !== promises || (typeof path === 'string' && path.startsWith(folder))) count();
    return call.apply(on, args);
  };
}

const { open } = promises;
promises.open = async (...args) => {
  const handle = await open(...args);
  if (!String(args[0]).startsWith(folder)) return handle;
  for (const name of ['write', 'writeFile', 'datasync', 'sync', 'truncate', 'close'])
    countCalls(handle, name);
  return handle;
};
for (const name of ['open', 'rename', 'rm', 'lstat', 'readFile']) countCalls(promises, name);
syncBuiltinESMExports();
