import { calibrate } from './calibrate.ts';
import { createHttpsClient } from './https-client.ts';
import { startSandboxProcess } from './sandbox-process.ts';

const users = Number(process.env['USERS'] ?? 100_000);
const rounds = Number(process.env['ROUNDS'] ?? 5);

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}

await using sandbox = await startSandboxProcess(users);
const startCpuSeconds = sandbox.cpuSeconds();
const client = createHttpsClient(sandbox.ca);
const token = await client.send(`${sandbox.url}/${sandbox.tenant}/oauth2/v2.0/token`, {
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
  body: String(
    new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: sandbox.clientId,
      client_secret: sandbox.secret,
      scope: 'https://graph.microsoft.com/.default',
    }),
  ),
});
const { access_token: accessToken } = JSON.parse(token.toString('utf8')) as {
  access_token: string;
};
const headers = { authorization: `Bearer ${accessToken}` };

/** Reads every page once. Only the next link is parsed, which comes before the users. */
async function list(): Promise<{ readonly pages: number; readonly bytes: number }> {
  let next: string | undefined = `${sandbox.url}/v1.0/users?$top=999`;
  let pages = 0;
  let bytes = 0;
  while (next !== undefined) {
    const body: Buffer = await client.send(next, { headers });
    pages += 1;
    bytes += body.length;
    next = /"@odata\.nextLink":"([^"]+)"/.exec(body.subarray(0, 1024).toString('latin1'))?.[1];
  }
  return { pages, bytes };
}

// During the first listing the sandbox's code is compiled. It is counted only if it is the only one.
let { pages, bytes } = rounds > 1 ? await list() : { pages: 0, bytes: 0 };
const before = rounds > 1 ? sandbox.cpuSeconds() : startCpuSeconds;
pages = 0;
bytes = 0;
for (let nth = 0; nth < Math.max(1, rounds - 1); nth += 1) {
  const listed = await list();
  pages += listed.pages;
  bytes += listed.bytes;
}
const pagesPerCpuSecond = pages / (sandbox.cpuSeconds() - before);
client.close();
const calibration = calibrate();
console.log(
  JSON.stringify({
    users,
    pages,
    rounds,
    startCpuSeconds: round(startCpuSeconds, 2),
    pagesPerCpuSecond: round(pagesPerCpuSecond, 0),
    megabytesPerPage: round(bytes / pages / 1e6, 3),
    peakMegabytes: sandbox.peakMegabytes(),
    calibration: round(calibration, 3),
    pagesPerCalibration: round(pagesPerCpuSecond * calibration, 1),
  }),
);
