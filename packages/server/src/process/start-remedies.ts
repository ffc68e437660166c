import { flagRemedies, type RemedyTexts } from '@rollcall/core/command-line';

/** The wordings of remedies for the operator who starts the server. */
export const startRemedies: RemedyTexts = {
  ...flagRemedies,
  'list-settings': () => 'The file settings.schema.json of @rollcall/core lists every setting.',
};
