// Nothing is imported at the top of this file, so that `--version` takes no longer than Node's own start.
const [, , ...argv] = process.argv;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `error: rollcall requires Node 22.19 or later; this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else if (argv.length === 1 && /^(?:version|--version|-[Vv])$/u.test(argv[0] ?? '')) {
  const { version } = await import('./version.ts');
  process.stdout.write(`${version()}\n`);
} else {
  // The sandbox runs for hours, so that its memory is not limited.
  if (!argv.includes('sandbox')) (await import('./process/small-heap.ts')).startSmall();
  const { runProgram } = await import('./run-program.ts');
  process.exitCode = await runProgram(argv, process);
}

export {};
