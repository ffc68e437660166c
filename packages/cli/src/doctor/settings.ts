import { settingsFor } from '../opening.ts';
import type { Step } from './step.ts';

export const settings: Step = {
  name: 'settings',
  async examine(about) {
    const found = await settingsFor(about.args, about.context);
    about.settings = found;
    const { tenant, clientId, credential, cloud, warnings } = found;
    const says = `Tenant ${tenant}, application ${clientId}, by ${credential.kind}, cloud ${cloud}.`;
    const [first] = warnings;
    return first === undefined
      ? { verdict: 'ok', says }
      : { verdict: 'warning', says: `${says} ${first.path}: ${first.message}`, remedy: first.hint };
  },
};
