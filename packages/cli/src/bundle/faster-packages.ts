import type { Plugin } from 'rolldown';

/** The parts of undici that the command does not use, and that take longer to load than all others together. */
const unusedParts =
  /^\.\/lib\/(?:mock|web|cache|interceptor)\/|^\.\/lib\/dispatcher\/(?:socks5-proxy-agent|h2c-client)$/u;

/**
 * Replaces the parts of undici that its `index.js` loads and that the command does not use, such as `fetch` and
 * WebSockets, by empty modules. undici is CommonJS, so that a bundler cannot remove them by itself.
 */
export const withoutUnusedParts: Plugin = {
  name: 'without-unused-parts',
  resolveId: {
    filter: { id: unusedParts },
    handler: (id, importer) =>
      importer !== undefined && /[/\\]undici[/\\]index\.js$/u.test(importer)
        ? `\0unused:${id}`
        : undefined,
  },
  load: {
    filter: { id: /^\0unused:/u },
    // The classes that `index.js` constructs or reads properties of when it is loaded.
    handler: () => ({ code: 'module.exports = { CacheStorage: class {} };', moduleType: 'js' }),
  },
};

/** Packages that most commands import and do not use, with the names that are imported. Both take long to evaluate. */
const lazy: ReadonlyMap<string, readonly string[]> = new Map([
  ['string-width', ['default']],
  ['@jmespath-community/jmespath', ['compile', 'TreeInterpreter']],
]);

/** Creates the plugin that evaluates a package when one of its exports is read, not when it is imported. */
export function lazyPackages(): Plugin {
  const paths = new Map<string, string>();
  return {
    name: 'lazy-packages',
    async resolveId(name, importer) {
      if (!lazy.has(name)) return undefined;
      const installed = await this.resolve(name, importer, { skipSelf: true });
      if (installed === null) return undefined;
      paths.set(name, installed.id);
      return `\0lazy:${name}`;
    },
    load: {
      filter: { id: /^\0lazy:/u },
      handler(id) {
        const name = id.slice('\0lazy:'.length);
        const path = JSON.stringify(paths.get(name));
        const names = lazy.get(name) ?? [];
        const getters = names.map((key) => `get ${key}() { return require(${path}).${key}; }`);
        const code = names.includes('default')
          ? `module.exports = (...args) => require(${path}).default(...args);`
          : `module.exports = { ${getters.join(', ')} };`;
        return { code, moduleType: 'js' };
      },
    },
    // V8 checks regular expressions of functions that are not called, too, and takes 13 ms for the set of all emoji.
    transform: {
      filter: { code: /\\p\{RGI_Emoji\}/u },
      handler: (code) =>
        code.replaceAll(
          /= \/(?<source>.*\\p\{RGI_Emoji\}.*)\/(?<flags>[a-z]*);/gu,
          (_, source: string, flags: string) =>
            `= new RegExp(${JSON.stringify(source)}, '${flags}');`,
        ),
    },
  };
}
