import { openDirectory } from '@rollcall/core';

import { runServer } from './process/run-server.ts';

process.exitCode = await runServer(
  {
    argv: process.argv.slice(2),
    cwd: process.cwd(),
    stderr: process.stderr,
    open: async (settings, log) => openDirectory(settings, { log }),
  },
  process,
);
