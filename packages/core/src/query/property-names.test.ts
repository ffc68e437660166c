import { describe, expect, it } from 'vitest';

import { openFake } from '../testing/open-fake.ts';
import { spelledQuery } from './property-names.ts';

describe('faults A4 row 46: names of properties in any case', () => {
  it.each([
    [{ select: ['displayname', 'MAIL', 'Id'] }, { select: ['displayName', 'mail', 'id'] }],
    [
      { filter: "ACCOUNTENABLED eq true and startswith(displayname,'DisplayName')" },
      { filter: "accountEnabled eq true and startswith(displayName,'DisplayName')" },
    ],
    [
      { filter: 'assignedlicenses/ANY(s:s/SKUID eq 6fd2c87f-b296-42f0-b197-1e91e994b900)' },
      { filter: 'assignedLicenses/ANY(s:s/skuId eq 6fd2c87f-b296-42f0-b197-1e91e994b900)' },
    ],
    [
      { filter: "mail eq 'O''Brien displayname' or USERTYPE eq 'Guest'" },
      { filter: "mail eq 'O''Brien displayname' or userType eq 'Guest'" },
    ],
    [{ orderBy: ['DISPLAYNAME desc'] }, { orderBy: ['displayName desc'] }],
    [{ expand: 'Manager($select=DisplayName,ID)' }, { expand: 'manager($select=displayName,id)' }],
    [
      { select: ['extension_AbC_Level', 'ext1_App/Prop'] },
      { select: ['extension_AbC_Level', 'ext1_App/Prop'] },
    ],
    [
      { select: ['OnPremisesExtensionAttributes/ExtensionAttribute7'] },
      { select: ['onPremisesExtensionAttributes/extensionAttribute7'] },
    ],
  ])('%j is sent as %j', (given, expected) => {
    expect(spelledQuery(given)).toEqual(expected);
  });

  it('lists, pages, counts and gets send the spelling of Graph', async () => {
    const { directory, graph } = await openFake({ users: 1 });
    const { users } = directory;
    await Array.fromAsync(users.list({ select: ['DISPLAYNAME'], filter: "MAIL eq 'A'" }));
    await users.page({ select: ['DISPLAYNAME'] });
    await users.count({ filter: "MAIL eq 'A'" });
    await users.get('user0@contoso.example', { select: ['DISPLAYNAME'] });
    const urls = graph.requests.map(({ url }) => decodeURIComponent(url.search));
    expect(urls.join('\n')).not.toMatch(/DISPLAYNAME|MAIL/u);
    expect(urls.filter((url) => url.includes('displayName'))).toHaveLength(3);
  });

  it('a property that is sorted by, or needs the advanced index, is recognised in any case', async () => {
    const { directory, graph } = await openFake({ users: 1 });
    await Array.fromAsync(directory.users.list({ filter: 'COMPANYNAME eq null' }));
    expect(graph.pageRequests()[0]?.headers).toMatchObject({ consistencylevel: 'eventual' });
    expect(() => directory.users.list({ orderBy: ['DISPLAYNAME'] })).not.toThrow();
  });
});
