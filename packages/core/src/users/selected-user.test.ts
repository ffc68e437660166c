import type { User } from '@microsoft/microsoft-graph-types';
import { expect, expectTypeOf, it } from 'vitest';

import type { UserQuery } from '../query/user-query.ts';
import { fakeId } from '../testing/fake-graph.ts';
import { openFake } from '../testing/open-fake.ts';
import type { SelectedUser } from './selected-user.ts';
import type { Users } from './users.ts';

const { users } = (await openFake({ users: 3 })).directory;

/** Never called: only its types are looked at. */
function looked(given: Users, query: UserQuery, names: string[]) {
  return {
    selected: given.list({ select: ['id', 'displayName'], pageSize: 5 }),
    expanded: given.list({ select: ['mail'], expand: 'manager($select=id)' }),
    nothingSelected: given.list(),
    onlyFiltered: given.list({ filter: "surname eq 'Lovelace'" }),
    anyQuery: given.list(query),
    anyNames: given.list({ select: names }),
    page: given.page({ select: ['mail'] }),
    one: given.get('ada@contoso.com', { select: ['mail'] }),
    defaultOne: given.get('ada@contoso.com'),
    many: given.getMany(['ada@contoso.com'], { select: ['mail'] }),
    changes: given.changes('latest', { select: ['mail'] }),
    odd: given.list({
      select: ['extension_x_cost', 'onPremisesExtensionAttributes/extensionAttribute1'],
    }),
  };
}

type Looked = ReturnType<typeof looked>;
type ItemOf<Listing> = Listing extends AsyncIterable<infer Item> ? Item : never;
type KeysOf<Name extends keyof Looked> = keyof ItemOf<Looked[Name]>;

it('has the properties that were selected, and id', async () => {
  expectTypeOf<KeysOf<'selected'>>().toEqualTypeOf<'id' | 'displayName'>();
  expectTypeOf<ItemOf<Looked['selected']>['id']>().toEqualTypeOf<string>();
  expectTypeOf<ItemOf<Looked['selected']>['displayName']>().toEqualTypeOf<User['displayName']>();
  for await (const user of users.list({ select: ['displayName'] })) {
    expect([user.id, user.displayName]).toHaveLength(2);
    // @ts-expect-error: it was not selected
    expect(user.mail).toBeUndefined();
    break;
  }
});

it('has what was expanded, too', () => {
  expectTypeOf<KeysOf<'expanded'>>().toEqualTypeOf<'id' | 'mail' | 'manager'>();
});

it('has Graph’s default properties where nothing is selected', () => {
  type Default =
    | 'id'
    | 'displayName'
    | 'userPrincipalName'
    | 'mail'
    | 'givenName'
    | 'surname'
    | 'jobTitle'
    | 'mobilePhone'
    | 'officeLocation'
    | 'preferredLanguage'
    | 'businessPhones';
  expectTypeOf<KeysOf<'nothingSelected'>>().toEqualTypeOf<Default>();
  expectTypeOf<KeysOf<'onlyFiltered'>>().toEqualTypeOf<Default>();
  expectTypeOf<keyof Awaited<Looked['defaultOne']>>().toEqualTypeOf<Default>();
});

it('may have every property where the names are not known yet', () => {
  expectTypeOf<KeysOf<'anyQuery'>>().toEqualTypeOf<keyof User>();
  expectTypeOf<KeysOf<'anyNames'>>().toEqualTypeOf<keyof User>();
});

it('is the same in pages, for one, for many and in changes', async () => {
  expectTypeOf<keyof Awaited<Looked['page']>['items'][number]>().toEqualTypeOf<'id' | 'mail'>();
  expectTypeOf<keyof Awaited<Looked['one']>>().toEqualTypeOf<'id' | 'mail'>();
  type Found = Extract<ItemOf<Looked['many']>, { readonly user: unknown }>;
  expectTypeOf<keyof Found['user']>().toEqualTypeOf<'id' | 'mail'>();
  type Change = ItemOf<Looked['changes']>['items'][number];
  expectTypeOf<keyof Change>().toEqualTypeOf<'id' | 'mail' | '@removed'>();
  const one = await users.get(fakeId(0), { select: ['displayName'] });
  expect(one.displayName).toBe('User 0');
});

it('takes names that Graph’s types do not know, and the heads of paths', () => {
  expectTypeOf<KeysOf<'odd'>>().toEqualTypeOf<
    'id' | 'extension_x_cost' | 'onPremisesExtensionAttributes'
  >();
  expectTypeOf<ItemOf<Looked['odd']>['extension_x_cost']>().toEqualTypeOf<unknown>();
});

it('goes wherever a user goes, and a query still has no parts that Graph does not have', () => {
  expectTypeOf<SelectedUser<['mail']>>().toExtend<User>();
  // @ts-expect-error: misspelt
  expect(() => users.list({ sellect: ['id'] })).toBeTypeOf('function');
  // @ts-expect-error: misspelt, next to a valid part
  expect(() => users.list({ select: ['id'], fliter: 'x' })).toBeTypeOf('function');
});
