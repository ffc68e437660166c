import { existsSync } from 'node:fs';

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startServing, type Serving } from '../serving.ts';
import { createStage } from '../stage.ts';
import { startTenant, type Tenant } from '../tenant.ts';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const title = isThere
  ? "the server's page in a real browser"
  : "the server's page in a real browser (skipped: needs Debian's chromium)";

describe.skipIf(!isThere)(title, () => {
  const stage = createStage();
  let tenant: Tenant;
  let serving: Serving;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    tenant = await startTenant(stage, { users: 120 });
    serving = await startServing(stage, tenant.flags);
    browser = await chromium.launch({
      executablePath,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    });
    page = await browser.newPage({ viewport: { width: 1000, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(serving.url)) problems.push(request.url());
    });
    await page.goto(`${serving.url}/docs`);
    await page.waitForSelector('body[data-ready=true]');
  });
  afterAll(async () => {
    await browser.close();
    await serving[Symbol.asyncDispose]();
    await tenant[Symbol.asyncDispose]();
  });

  const outputOf = async (id: string): Promise<string> => page.locator(`#${id} output`).innerText();

  it('lists every route of the document that a form can request', async () => {
    const { paths } = await serving.json<{ readonly paths: Readonly<Record<string, object>> }>(
      '/openapi.json',
    );
    const shown = await page.locator('summary code').allInnerTexts();
    const readable = Object.keys(paths).filter((path) => 'get' in (paths[path] ?? {}));
    expect(shown.toSorted()).toEqual(readable.toSorted());
  });

  it('sends a request with the parameters of its form, and shows the response', async () => {
    await page.click('#usersPage summary');
    await page.fill('#usersPage input[name="$top"]', '2');
    await page.fill('#usersPage input[name="$select"]', 'id,displayName');
    await page.fill('#usersPage input[name="ConsistencyLevel"]', 'eventual');
    await page.click('#usersPage button');
    await expect.poll(async () => outputOf('usersPage')).toContain('"@odata.nextLink"');
    const output = await outputOf('usersPage');
    expect(output).toMatch(
      /^GET v1\.0\/users\?%24select=id%2CdisplayName&%24top=2: 200 in \d+ ms/u,
    );
  });

  it('encodes an ID in the path, and shows an error as the server returns it', async () => {
    await page.click('#user summary');
    await page.fill('#user input[name="id"]', 'no one/<b>@contoso.example');
    await page.click('#user button');
    await expect.poll(async () => outputOf('user')).toContain(': 400 in ');
    expect(await outputOf('user')).toContain('"no one/<b>@contoso.example\\" is neither');
    expect(await page.locator('#user output b').count()).toBe(0);
  });

  it('shows the end of a stream', async () => {
    await page.click('#usersNdjson summary');
    await page.fill('#usersNdjson input[name="$select"]', 'id');
    await page.click('#usersNdjson button');
    await expect.poll(async () => outputOf('usersNdjson')).toContain('"@complete":true');
  });

  it('made no request elsewhere, and logged no error but the 400', () => {
    expect(problems).toEqual([expect.stringContaining('400')]);
  });
});
