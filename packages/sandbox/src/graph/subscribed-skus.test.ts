import { expect, test } from 'vitest';

import { createTestGraph } from './testing/graph.ts';

const graphOf = (roles: readonly string[]) => createTestGraph({ users: 200, roles });

test('/subscribedSkus names every licence that users have', async () => {
  const graph = graphOf(['User.Read.All', 'LicenseAssignment.Read.All']);
  const { value } = (await graph.get('subscribedSkus?$select=skuId,skuPartNumber')).json();
  const parts = new Map(value.map((sku) => [sku['skuId'], sku['skuPartNumber']]));
  expect([...parts.values()]).toEqual(['ENTERPRISEPACK', 'SPE_E5', 'POWER_BI_STANDARD']);
  const users = (await graph.get('users?$select=assignedLicenses&$top=999')).json().value;
  const used = users.flatMap((user) => user['assignedLicenses'] as readonly { skuId: string }[]);
  expect(new Set(used.map(({ skuId }) => parts.get(skuId)))).toEqual(
    new Set(['ENTERPRISEPACK', 'SPE_E5']),
  );
});

test.each([
  [['User.Read.All'], '', 403],
  [['LicenseAssignment.Read.All'], '', 200],
  [['Organization.Read.All'], '', 200],
  [['Directory.Read.All'], '?$select=shoes', 400],
  [['Directory.Read.All'], '?$filter=skuPartNumber eq 1', 400],
])(
  '/subscribedSkus with the permissions %j and the options "%s": %i',
  async (roles, options, status) => {
    expect((await graphOf(roles).get(`subscribedSkus${options}`)).status).toBe(status);
  },
);
