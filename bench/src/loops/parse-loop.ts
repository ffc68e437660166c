import { request } from 'undici';

import { signIn } from './sign-in.ts';

interface Page {
  readonly '@odata.nextLink'?: string;
  readonly value: readonly unknown[];
}

// Follows the links with undici, parses each page, and writes each user: the least that a client with JSON does.
const { first, token } = await signIn();
const headers = { authorization: `Bearer ${token}` };
for (let link: string | undefined = first; link !== undefined;) {
  const { body } = await request(link, { headers });
  const page = JSON.parse(await body.text()) as Page;
  process.stdout.write(page.value.map((user) => `${JSON.stringify(user)}\n`).join(''));
  link = page['@odata.nextLink'];
}
