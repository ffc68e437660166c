import { CredentialError } from '../errors/credential-error.ts';
import { claimsOf } from '../token/claims-of.ts';
import { known, type Step } from './step.ts';

/** Shorter than this it would be renewed all the time: a token is renewed five minutes before its end. */
const short = 300;

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** As people count the life of a token: minutes, from two hours on hours. */
function span(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} minutes` : `${Math.round(minutes / 60)} hours`;
}

/** Somebody else's credential says itself what is wrong with it, and nobody else can. */
function telling(error: unknown): unknown {
  if (!(error instanceof CredentialError) || !(error.cause instanceof Error)) return error;
  const { name, message } = error.cause;
  const said = `${error.message} ${name}: ${message.slice(0, 500)}`;
  return new CredentialError(said, 'Mend the credential as its own documentation has it.', error);
}

export const tokenStep: Step = {
  async examine(about) {
    const { directory, connection, ports, hops } = known(about.examined);
    const start = ports.clock.monotonic();
    const { token, expiresOnTimestamp } = await directory.credential
      .getToken(connection.scopes, about.signal === undefined ? {} : { abortSignal: about.signal })
      .catch((error: unknown) =>
        Promise.reject(connection.credential.kind === 'external' ? telling(error) : error),
      );
    const { name } = known(hops[0]);
    if (name === 'sign-in')
      about.times.set(name, {
        ...about.times.get(name),
        answer: ports.clock.monotonic() - start,
      });
    const claims = claimsOf(token);
    about.claims = claims;
    const lifetimeSeconds = Math.round((expiresOnTimestamp - ports.clock.wall()) / 1000);
    const audience = text(claims?.['aud']);
    const application = text(claims?.['app_displayname']);
    const to = application === undefined ? '' : ` to “${application}”`;
    const forWhom = audience === undefined ? '' : ` for ${audience}`;
    const says = `Given${to}${forWhom}, good for ${span(lifetimeSeconds)}.`;
    const facts = {
      lifetimeSeconds,
      ...(audience === undefined ? {} : { audience }),
      ...(application === undefined ? {} : { application }),
    };
    return lifetimeSeconds >= short
      ? { verdict: 'ok', says, facts }
      : {
          verdict: 'warning',
          says,
          remedy:
            'Look for a token lifetime policy on this application: with so short a life a new token is asked for all the time.',
          facts,
        };
  },
};
