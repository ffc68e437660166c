import type { SetUp } from './set-up.ts';

/** Mistakes that are found before a socket is opened. */
export const inSettings: readonly SetUp[] = [
  {
    heading: 'No configuration',
    arrange: async () => ({ flags: [] }),
  },
  {
    heading: 'The placeholders of the quickstart',
    async arrange({ parameters }) {
      await parameters({
        authority: 'https://login.microsoftonline.com/Enter_the_Tenant_Name_Here',
        client_id: 'your_client_id',
        secret: 'Enter_the_Client_Secret_Here',
        endpoint: 'https://graph.microsoft.com/v1.0/users',
      });
      return { flags: [] };
    },
  },
  {
    heading: 'Two credentials',
    async arrange({ parameters }) {
      await parameters({ private_key_file: 'client.pem' });
      return {};
    },
  },
];
