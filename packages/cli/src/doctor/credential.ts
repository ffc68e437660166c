import { known, type Step } from './step.ts';

const soon = 30;

export const credential: Step = {
  name: 'credential',
  async examine(about) {
    const settings = known(about.settings);
    const { examineCredential } = await about.context.core();
    const { certificate } = await examineCredential(settings);
    const { kind } = settings.credential;
    if (certificate === undefined)
      return {
        verdict: 'ok',
        says: `Nothing is wrong with the ${kind} here; the service judges it next.`,
      };
    const { subject, validTo, daysLeft } = certificate;
    const says = `Key and certificate (${subject}) belong together; ${daysLeft} days left, until ${validTo}.`;
    return daysLeft >= soon
      ? { verdict: 'ok', says }
      : {
          verdict: 'warning',
          says,
          remedy:
            'Make the next certificate and register it beside this one before it ends (App registrations › Certificates & secrets).',
        };
  },
};
