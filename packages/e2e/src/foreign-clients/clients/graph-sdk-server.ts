import { Client, PageIterator, type PageCollection } from '@microsoft/microsoft-graph-client';

import { printIds } from './print-ids.ts';

/** The Graph SDK with another base URL: it lists all users by rollcall-server, which needs no token on loopback. */
const [url = '', top = ''] = process.argv.slice(2);
const client = Client.init({
  baseUrl: url,
  defaultVersion: 'v1.0',
  // The SDK accepts the hosts of Graph and these. They are host names without a port.
  customHosts: new Set([new URL(url).hostname]),
  authProvider: (done) => done(undefined, 'not needed'),
});

const users: { readonly id: string }[] = [];
const first = (await client.api('/users').select('id').top(Number(top)).get()) as PageCollection;
const pages = new PageIterator(client, first, (user: { readonly id: string }) => {
  users.push(user);
  return true;
});
await pages.iterate();
if (!pages.isComplete()) throw new Error('the iterator stopped before the end');
printIds(users);
