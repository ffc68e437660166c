import { request } from 'undici';

import { signIn } from './sign-in.ts';

// Follows the links with undici and writes the pages as they are: the floor for one connection.
const { first, token } = await signIn();
const headers = { authorization: `Bearer ${token}` };
for (let link: string | undefined = first; link !== undefined;) {
  const { body } = await request(link, { headers });
  const bytes = Buffer.from(await body.arrayBuffer());
  process.stdout.write(bytes);
  // The next link comes before the users.
  const next = /"@odata\.nextLink":"(?<link>[^"]+)"/u.exec(bytes.toString('latin1', 0, 2_048));
  link = next?.groups?.['link'];
}
