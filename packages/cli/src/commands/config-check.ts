import type { Arguments } from '../command.ts';
import type { Context } from '../context.ts';
import { settingsFor } from '../opening.ts';

/** Validates the configuration and reports every error. Opens no connection. */
export async function configCheck(args: Arguments, context: Context): Promise<void> {
  const { console } = context;
  const { tenant, clientId, credential, warnings } = await settingsFor(args, context);
  const worth =
    warnings.length === 0
      ? ''
      : ` ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}.`;
  console.say({
    level: 'info',
    event: 'settings-usable',
    text: `${console.paint('good', 'Configuration is valid.')}${worth} Tenant ${tenant}, application ${clientId}, authentication method ${credential.kind}.`,
    facts: { tenant, clientId, credential: credential.kind, warnings: warnings.length },
  });
}
