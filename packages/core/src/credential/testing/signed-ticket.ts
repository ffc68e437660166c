import { readCredentialFile } from '../file/read-credential-file.ts';
import { exactlyOne } from '../exclusive-settings.ts';
import { defineStrategy } from '../strategy.ts';
import { Secret } from '../../secret.ts';

/** A strategy that no program uses: it shows that a strategy needs one file and one line in the registry. */
export const signedTicket = defineStrategy({
  kind: 'signed-ticket',
  describe: 'A ticket of a test issuer, sent as the client assertion',
  settings: {
    ticket: {
      type: 'text',
      isSecret: true,
      describe: 'The ticket as text',
      variables: ['TEST_TICKET'],
      rejectedFlags: ['ticket'],
      quickstart: { key: 'ticket_text' },
      whereToFind: 'Print the ticket with the test issuer.',
    },
    ticketFile: {
      type: 'text',
      isPath: true,
      describe: 'File that contains the ticket',
      flag: { name: 'ticket-file', argument: 'FILE', describe: 'read the ticket from FILE' },
    },
    isUrgent: { type: 'boolean', describe: 'Whether the ticket is urgent', isSupplementary: true },
  },
  clientId: 'optional',
  canSealTokens: 'always',
  offers: [
    {
      name: 'signed-ticket',
      variables: ['TEST_TICKET'],
      settings: (environment) => ({ ticket: new Secret(environment['TEST_TICKET'] ?? '') }),
    },
  ],
  issues: (given) => exactlyOne(given, ['ticket', 'ticketFile']),
  createCredential({ ticket, ticketFile }, context) {
    async function current(): Promise<Secret> {
      if (ticket !== undefined) return ticket;
      const file = { path: ticketFile ?? '', content: 'the ticket', isSecret: true };
      return new Secret((await readCredentialFile(file)).toString('utf8'));
    }
    return {
      kind: 'signed-ticket',
      async requestToken(request) {
        const { requestTokenByMsal } = await import('../msal/request-token.ts');
        const assertion = (await current()).reveal();
        return requestTokenByMsal(request, context, { assertion: () => assertion });
      },
      sealingSecret: async () => Buffer.from((await current()).reveal()),
    };
  },
});
