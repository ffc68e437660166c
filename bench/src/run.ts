import { parseArgs } from 'node:util';

import { type ClientName, clientNames } from './clients.ts';
import { runMatrix } from './matrix.ts';
import { measureNumbers } from './numbers.ts';
import { measureOutage } from './outage.ts';
import { checkRegression } from './regression.ts';
import {
  addClientResults,
  addNumberResults,
  readResults,
  writeReport,
  writeResult,
} from './results.ts';
import { measureStartUp } from './start-up.ts';

// The command `npm run bench -- [PART…] [--users N,…] [--latency MS,…] [--clients NAME,…] [--rounds N] [--scale N]`.
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    users: { type: 'string', default: '10000,100000,1000000' },
    latency: { type: 'string', default: '0,100' },
    clients: { type: 'string', default: clientNames.join(',') },
    rounds: { type: 'string', default: '3' },
    longest: { type: 'string', default: '150' },
    scale: { type: 'string', default: '1' },
    only: { type: 'string', default: 'latency,quota,skew,processor' },
  },
});
const numbers = (text: string) => text.split(',').map(Number);
const report = (text: string) => void process.stderr.write(`${text}\n`);
const rounds = Number(values.rounds);
const scale = Number(values.scale);

/** The parts of the benchmark. Each writes its results, and the report is made of the latest results of all parts. */
const parts: Readonly<Record<string, () => Promise<void>>> = {
  'start-up': async () => writeResult('start-up', await measureStartUp(Math.max(rounds, 25))),
  clients: async () => {
    const options = {
      sizes: numbers(values.users),
      latencies: numbers(values.latency),
      clients: values.clients.split(',') as ClientName[],
      rounds,
      longest: Number(values.longest),
    };
    await addClientResults(await runMatrix(options, report));
  },
  numbers: async () =>
    addNumberResults(await measureNumbers(scale, values.only.split(','), report)),
  outage: async () => writeResult('outage', await measureOutage(scale, report)),
  report: async () => {},
};

if (positionals.includes('regression')) process.exitCode = await checkRegression(report);
else {
  const chosen = positionals.length === 0 ? Object.keys(parts) : positionals;
  const unknown = chosen.find((name) => !Object.hasOwn(parts, name));
  if (unknown !== undefined)
    throw new Error(
      `There is no part ${unknown}. Parts: ${Object.keys(parts).join(', ')}, regression.`,
    );
  for (const name of chosen) await parts[name]?.();
  process.stdout.write(await writeReport(await readResults()));
}
