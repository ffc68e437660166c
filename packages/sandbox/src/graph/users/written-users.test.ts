import { expect, test } from 'vitest';

import { createPeople } from '../../directory/create-people.ts';
import { Utf8Text } from '../../directory/utf8-text.ts';
import { createTestGraph } from '../testing/graph.ts';
import { createWrittenUsers, type WrittenUsers } from './written-users.ts';

test('users that were written before are the same, and those that changed are new', async () => {
  const graph = createTestGraph({ users: 200 });
  const path = 'users?$top=999&$select=id,jobTitle';
  const first = (await graph.get(path)).json();
  expect((await graph.get(path)).json()).toEqual(first);
  graph.people.update(40, { jobTitle: 'Changed' });
  graph.people.remove(80);
  const added = graph.people.create({ jobTitle: 'Added' });
  const second = (await graph.get(path)).json().value;
  const jobs = new Map(second.map((user) => [user['id'], user['jobTitle']]));
  expect(second).toHaveLength(200);
  expect(jobs.get(graph.people.idOf(40))).toBe('Changed');
  expect(jobs.get(graph.people.idOf(added))).toBe('Added');
  expect(jobs.has(graph.people.idOf(80))).toBe(false);
  const same = first.value.filter(
    (user) => user['id'] !== graph.people.idOf(40) && user['id'] !== graph.people.idOf(80),
  );
  expect(second).toEqual(expect.arrayContaining([...same]));
});

test('pages that begin anywhere, and pages of few, hold what they should', async () => {
  const graph = createTestGraph({ users: 150 });
  const whole = (await graph.get('users?$top=999')).json().value;
  for (const size of [1, 7, 16, 33, 150]) {
    const pages = await graph.pages(`users?$top=${size}`);
    expect(pages.flatMap((page) => page.value)).toEqual(whole);
  }
  const filtered = await graph.pages(
    'users?$filter=accountEnabled eq true&$select=id,accountEnabled',
  );
  expect(
    filtered.flatMap((page) => page.value).every((user) => user['accountEnabled'] === true),
  ).toBe(true);
});

const people = () => createPeople({ users: 40, seed: 7, tenantDomain: 'contoso.com' });

function namesOf(written: WrittenUsers, slots: readonly number[], more: 'id' | 'mail'): string {
  const out = new Utf8Text(0);
  written.write(slots, ['userPrincipalName', more], out);
  return out.finish().toString();
}

test.each([0, 2 ** 20, 2 ** 30])(
  'with %i bytes of memory every selection is written as without any',
  (limit) => {
    const plain = createWrittenUsers(people(), 0);
    const written = createWrittenUsers(people(), limit);
    for (const slots of [[3, 4, 5], [5, 4, 9], [0], [], Array.from({ length: 40 }, (_, at) => at)])
      for (const more of ['id', 'mail', 'id'] as const) {
        const text = namesOf(written, slots, more);
        expect(text).toBe(namesOf(plain, slots, more));
        expect(JSON.parse(`[${text}]`)).toHaveLength(slots.length);
      }
  },
);

test('users that change all the time take no more memory than the others', () => {
  const tenant = people();
  const written = createWrittenUsers(tenant, 2 ** 20);
  for (let round = 0; round < 400; round += 1) {
    tenant.update(round % 40, { mail: `${'x'.repeat(4_000)}${round}@contoso.com` });
    const text = namesOf(written, [round % 40], 'mail');
    expect(JSON.parse(`[${text}]`)[0].mail).toContain(`x${round}@`);
  }
});
