import { flagRemedies, type RemedyTexts } from '@rollcall/core/command-line';

/** The wordings of remedies for the operator who starts the server. */
export const startRemedies: RemedyTexts = {
  ...flagRemedies,
  'create-settings': () =>
    'Set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, or name a configuration file with --config.',
  'list-settings': () => 'The file settings.schema.json of @rollcall/core lists every setting.',
};
