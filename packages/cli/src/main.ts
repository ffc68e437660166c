// Nothing is imported before this has been read: `--version` answers in the time Node takes to start.
const [, , ...argv] = process.argv;

if (Number(process.versions.node.split('.')[0]) < 24) {
  process.stderr.write(
    `error: rollcall needs Node 24 or later, and this is Node ${process.versions.node}.\n`,
  );
  process.exitCode = 2;
} else if (argv.length === 1 && (argv[0] === '--version' || argv[0] === '-V')) {
  const { version } = await import('./version.ts');
  process.stdout.write(`${version()}\n`);
} else {
  // The sandbox serves for hours and may take what it likes.
  if (!argv.includes('sandbox')) (await import('./small-heap.ts')).startSmall();
  const { runProgram } = await import('./run-program.ts');
  process.exitCode = await runProgram(argv, process);
}

export {};
