import { existsSync } from 'node:fs';

import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openBox, type Box } from '../foreign-clients/box.ts';
import { runClient } from '../foreign-clients/run-client.ts';

const executablePath = '/usr/bin/chromium';
const isThere = existsSync(executablePath);
const title = isThere
  ? "the sandbox's page in a real browser"
  : "the sandbox's page in a real browser (skipped: needs Debian's chromium)";

describe.skipIf(!isThere)(title, () => {
  let box: Box;
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];

  beforeAll(async () => {
    [box, browser] = await Promise.all([
      openBox(120),
      chromium.launch({
        executablePath,
        args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      }),
    ]);
    page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith(box.ready.control)) problems.push(request.url());
    });
    await page.goto(box.ready.control);
    await page.waitForSelector('body[data-ready=true]');
  });
  afterAll(async () => {
    await browser.close();
    await box[Symbol.asyncDispose]();
  });

  const rowsOf = (table: string): Promise<string[]> =>
    page.locator(`#${table} tbody tr`).allInnerTexts();

  it('shows the tenant, its applications and its users', async () => {
    expect(await page.locator('#url').innerText()).toBe(box.ready.url);
    const applications = await rowsOf('applications');
    expect(applications.find((row) => row.includes('with a secret'))).toContain('User.Read.All');
    expect(applications.find((row) => row.includes('without consent'))).toContain('none');
    expect(await page.locator('#total').innerText()).toBe('120');
    const first = await rowsOf('users');
    expect(first).toHaveLength(50);
    await page.click('#more');
    await expect.poll(async () => (await rowsOf('users'))[0]).not.toBe(first[0]);
  });

  it('sets a fault, and shows what it did to a client', async () => {
    await page.selectOption('select[name=kind]', 'throttled');
    expect(await page.locator('#about').innerText()).toContain('429');
    await page.fill('input[name=when]', '{"nth": 1, "retryAfter": "0"}');
    await page.click('#set');
    await expect.poll(() => rowsOf('faults')).toEqual([expect.stringContaining('throttled')]);
    const { ready, trust } = box;
    const { code } = await runClient('curl.sh', [ready.parameters, ready.ca], trust);
    expect(code).not.toBe(0);
    await expect
      .poll(() => rowsOf('journal'))
      .toContainEqual(expect.stringMatching(/\/v1\.0\/users.*429.*bearer.*throttled/su));
    await page.click('#clear');
    await expect.poll(() => rowsOf('faults')).toEqual([]);
    const again = await runClient('curl.sh', [ready.parameters, ready.ca], trust);
    expect(again.stdout.trim().split('\n')).toHaveLength(120);
  });

  it('reports the problem of a fault that cannot be set', async () => {
    await page.fill('input[name=when]', '{"colour": "red"}');
    await page.click('#set');
    await expect.poll(() => page.locator('#said').innerText()).toContain('does not take "colour"');
  });

  it('consents for an application by a click', async () => {
    const row = page.locator('#applications tbody tr', { hasText: 'without consent' });
    await row.locator('button').click();
    await expect.poll(() => row.innerText()).toContain('User.Read.All');
  });

  it('made no request elsewhere, and logged no error but the refused fault', () => {
    expect(problems).toEqual([expect.stringContaining('400 (Bad Request)')]);
  });
});
