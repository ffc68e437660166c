import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';

/** Says whether the settings can be used, and everything that is wrong with them; opens no socket. */
export async function configCheck(args: Arguments, context: Context): Promise<void> {
  const { console } = context;
  const { tenant, clientId, credential, warnings } = await settingsFor(args, context);
  const worth = warnings.length === 0 ? '' : ` ${warnings.length} of them deserve a look.`;
  console.say({
    level: 'info',
    event: 'settings-usable',
    text: `${console.paint('good', 'The settings can be used.')}${worth} Tenant ${tenant}, application ${clientId}, by ${credential.kind}.`,
    facts: { tenant, clientId, credential: credential.kind, warnings: warnings.length },
  });
}
