import { CredentialError } from '../errors/credential-error.ts';
import { claimsOf } from '../token/claims-of.ts';
import { known, type Step } from './step.ts';

/** In seconds. A token is refreshed five minutes before it expires, so that a shorter one is requested all the time. */
const short = 300;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** A lifetime in minutes, or in hours from two hours on. */
function formatLifetime(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} h`;
}

/** The error of an external credential with the message of its library, which alone knows the reason. */
function withExternalMessage(error: unknown): unknown {
  if (!(error instanceof CredentialError) || !(error.cause instanceof Error)) return error;
  const { name, message } = error.cause;
  return new CredentialError(
    `${error.message} ${name}: ${message.slice(0, 500)}`,
    'Fix the credential; see the documentation of its library.',
    { cause: error },
  );
}

export const tokenStep: Step = {
  async examine(scenario) {
    const { directory, connection, ports, endpoints } = known(scenario.examined);
    const isExternal = connection.credential.kind === 'external';
    const start = ports.clock.monotonic();
    const { token, expiresOnTimestamp } = await directory.credential
      .getToken(
        connection.scopes,
        scenario.signal === undefined ? {} : { abortSignal: scenario.signal },
      )
      .catch((error: unknown) => Promise.reject(isExternal ? withExternalMessage(error) : error));
    const { name } = known(endpoints[0]);
    if (name === 'sign-in')
      scenario.latencies.set(name, {
        ...scenario.latencies.get(name),
        response: ports.clock.monotonic() - start,
      });
    const claims = claimsOf(token);
    scenario.claims = claims;
    const lifetimeSeconds = Math.round((expiresOnTimestamp - ports.clock.wall()) / 1000);
    const audience = text(claims?.['aud']);
    const application = text(claims?.['app_displayname']);
    const forApplication = application === undefined ? '' : ` for “${application}”`;
    const forAudience = audience === undefined ? '' : `, audience ${audience}`;
    const message = `Token acquired${forApplication}${forAudience}, expires in ${formatLifetime(lifetimeSeconds)}.`;
    const facts = {
      lifetimeSeconds,
      ...(audience === undefined ? {} : { audience }),
      ...(application === undefined ? {} : { application }),
    };
    return lifetimeSeconds >= short
      ? { verdict: 'ok', message, facts }
      : {
          verdict: 'warning',
          message,
          hint: 'Check the token lifetime policy of this application: with so short a lifetime, new tokens are requested all the time.',
          facts,
        };
  },
};
