import type { StrategyRegistry } from '../credential/strategy.ts';
import { Secret } from '../secret.ts';
import { plainSettings, sealedSettings } from './schema.ts';
import type { Sealer } from './setting-value.ts';
import { quickstartKeys } from './sources/quickstart.ts';

/** Format characters, which cannot be seen: portals, chats and documents add them to values that are copied. */
const invisible = /\p{Cf}/gu;

/**
 * Creates the function through which every source passes each value that it reads. Texts are sealed in a
 * {@link Secret}, except those of settings that are known not to be secret: a mistyped key can contain a secret as
 * well. An object is returned without its members, which are sealed one by one, and a list is returned without its
 * items unless its setting is known not to be secret. Invisible characters are removed from values of a known form.
 */
export function createSealer(strategies: StrategyRegistry): Sealer {
  const sealed = new Set<string>(sealedSettings);
  const open = new Set<string>([
    ...Object.keys(plainSettings.shape),
    'oidc_authority',
    'credential.kind',
    'defaultProfile',
  ]);
  const paths = new Set<string>(['caFile']);
  for (const { settings } of Object.values(strategies))
    for (const [name, { isSecret, isPath }] of Object.entries(settings)) {
      (isSecret === true ? sealed : open).add(`credential.${name}`);
      if (isPath === true) paths.add(`credential.${name}`);
    }
  for (const [key, { path }] of quickstartKeys(strategies)) {
    (sealed.has(path) ? sealed : open).add(key);
    if (paths.has(path)) paths.add(key);
  }

  return (path, value) => {
    const isOpen = open.has(path) && !sealed.has(path);
    const visible = (text: string): string =>
      paths.has(path) ? text : text.replace(invisible, '');
    if (value instanceof Secret) return isOpen ? visible(value.reveal()) : value;
    if (Array.isArray(value)) return isOpen ? value : [];
    if (typeof value === 'object' && value !== null) return {};
    if (typeof value !== 'string') return value;
    return isOpen ? visible(value) : new Secret(value);
  };
}
