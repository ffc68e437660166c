import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

import { terminalPicture, type Line } from './terminal-picture.ts';

/**
 * Draws docs/images/sandbox.svg from a real run: every line in it was typed or printed. `npm run picture -w
 * @rollcall/tools`
 */
const root = join(import.meta.dirname, '../../..');
const rollcall = join(root, 'packages/cli/dist/main.cjs');
const picture = join(root, 'docs/images/sandbox.svg');

const config = '--config box/parameters.json --ca box/ca.pem';
const commands = [
  `users list ${config} --select displayName,jobTitle,country --limit 8 -o table`,
  `users list ${config} -o ndjson --out users.ndjson`,
];

function printed(text: string, kind: Line['kind']): Line[] {
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line) => ({ kind, text: line }));
}

const folder = await mkdtemp(join(tmpdir(), 'rollcall-picture-'));
const sandboxArguments = 'sandbox --users 2500 --dir box';
const sandbox = spawn(process.execPath, [rollcall, ...sandboxArguments.split(' ')], {
  cwd: folder,
  stdio: ['ignore', 'pipe', 'inherit'],
});
const stopped = once(sandbox, 'exit');
try {
  const first = once(createInterface({ input: sandbox.stdout }), 'line');
  const [ready] = (await Promise.race([first, stopped])) as unknown[];
  if (typeof ready !== 'string') throw new Error('the sandbox did not start; run npm run build');
  const lines: Line[] = [
    { kind: 'command', text: `$ rollcall ${sandboxArguments} &` },
    { kind: 'output', text: ready },
  ];
  for (const command of commands) {
    const { stdout, stderr } = await promisify(execFile)(
      process.execPath,
      [rollcall, ...command.split(' ')],
      { cwd: folder, env: { PATH: process.env['PATH'] ?? '', NO_COLOR: '1' } },
    );
    lines.push(
      { kind: 'output', text: '' },
      { kind: 'command', text: `$ rollcall ${command}` },
      ...printed(stdout, 'output'),
      ...printed(stderr, 'aside'),
    );
  }
  await mkdir(join(picture, '..'), { recursive: true });
  await writeFile(picture, terminalPicture('rollcall sandbox: a local mock tenant', lines, 126));
} finally {
  sandbox.kill();
  await stopped;
  await rm(folder, { recursive: true, force: true });
}
