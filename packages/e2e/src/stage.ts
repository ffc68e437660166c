import { fileURLToPath } from 'node:url';

import { start, type Finished, type Running, type StartOptions } from './processes.ts';

/** The built programs, as a user would start them. */
const programs = {
  rollcall: 'cli/dist/main.cjs',
  server: 'server/dist/main.js',
  sandbox: 'sandbox/dist/main.js',
} as const;

export type ProgramName = keyof typeof programs;

/** All that one program printed, start to end. */
export interface Printed {
  readonly args: readonly string[];
  readonly stdout: string;
  readonly stderr: string;
}

/** Where a test file starts programs, so that it can ask afterwards what any of them ever printed. */
export interface Stage {
  start(program: ProgramName, args: readonly string[], options?: StartOptions): Running;
  /** To its end. */
  run(program: ProgramName, args: readonly string[], options?: StartOptions): Promise<Finished>;
  /** What programs that have ended printed. */
  readonly printed: readonly Printed[];
}

export function mainOf(program: ProgramName): string {
  return fileURLToPath(new URL(`../../${programs[program]}`, import.meta.url));
}

export function createStage(): Stage {
  const printed: Printed[] = [];
  const begin: Stage['start'] = (program, args, options) => {
    const running = start(mainOf(program), args, options);
    void running.finished.then(({ stdout, stderr }) => printed.push({ args, stdout, stderr }));
    return running;
  };
  return {
    start: begin,
    async run(program, args, options) {
      await using running = begin(program, args, options);
      return await running.finished;
    },
    printed,
  };
}
