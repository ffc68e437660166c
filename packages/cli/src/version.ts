import manifest from '../package.json' with { type: 'json' };

/** The version in this package's manifest. */
export function version(): string {
  return manifest.version;
}
