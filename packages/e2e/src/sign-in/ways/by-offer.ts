import { azureDevopsJob, githubJob } from './by-federation.ts';
import type { Platforms, Way } from './way.ts';

/** With `auto`: some of the ways of `others`, available in the environment only. */
export function byOffer(
  others: readonly Way[],
  { pipelines, managedIdentity }: Platforms,
): readonly Way[] {
  const offered = (like: string, changes: Partial<Way> = {}): Way => {
    const found = others.find(({ name }) => name === like);
    if (found === undefined) throw new Error(`there is no way ${like}`);
    return { ...found, name: `finds ${like}`, kind: 'auto', credential: {}, ...changes };
  };
  const machine = { AZURE_POD_IDENTITY_AUTHORITY_HOST: managedIdentity.imds };
  return [
    offered('a secret in the environment'),
    offered('a certificate file in the environment, with its chain'),
    offered('PFX in base64, in the environment'),
    offered('an assertion file in the environment'),
    offered('GitHub Actions', { env: githubJob(pipelines.github) }),
    offered('Azure DevOps', { env: azureDevopsJob(pipelines.azureDevops) }),
    offered('a virtual machine, the system’s own', { env: machine }),
    offered('a virtual machine, by client id', {
      env: machine,
      clientId: managedIdentity.user.clientId,
    }),
  ];
}
