// Only Node's own modules are loaded before the first `await`: `--version` takes hardly longer than Node's start.
import { isVersionRequest, writePreparedText } from './prepared-text.ts';

const [, , ...argv] = process.argv;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

async function main(): Promise<void> {
  // The sandbox runs for hours, so that its memory is not limited.
  if (!argv.includes('sandbox')) (await import('./process/small-heap.ts')).startSmall();
  const { runProgram } = await import('./run-program.ts');
  process.exitCode = await runProgram(isVersionRequest(argv) ? ['version'] : argv, process);
}

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `error: rollcall requires Node 22.19 or later; this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else if (!writePreparedText(argv, import.meta.dirname)) {
  // Without `await`: the bundle is CommonJS, which has no top-level `await`.
  void main();
}
