import { defineCommand } from '../arguments/command.ts';
import { loadCommandSettings } from '../load-command-settings.ts';
import { settingsOptions } from '../options/settings-options.ts';

/** Validates the configuration and reports every error. Opens no connection. */
export const configCheck = defineCommand({
  options: settingsOptions,
  examples: [['config check --config rollcall.json', 'List every error of a configuration file']],
  async run(args, context) {
    const { console } = context;
    const settings = await loadCommandSettings(args, context);
    const { openDirectory } = await context.core();
    // Reads the CA certificates and creates the connections, without opening one.
    await using _ = await openDirectory(settings);
    const { tenant, clientId, credential, warnings } = settings;
    const suffix =
      warnings.length === 0
        ? ''
        : ` ${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}.`;
    console.say({
      level: 'info',
      event: 'settings-usable',
      text: `${console.paint('good', 'Configuration is valid.')}${suffix} Tenant ${tenant}, application ${clientId}, authentication method ${credential.kind}.`,
      facts: { tenant, clientId, credential: credential.kind, warnings: warnings.length },
    });
  },
});
