import * as fc from 'fast-check';

import { strategies } from '../../credential/strategies.ts';
import { quickstartKeys } from '../sources/quickstart.ts';
import { plainSettings } from '../schema.ts';
import { clientId, tenant } from './settings-folder.ts';

/** Occurs only in secrets: must never be printed. */
export const secretCanary = 's3cretcanary';
/** Occurs in any value: must not be printed when settings are rejected. */
export const valueCanary = 'valuecanary';

/** The sources of one run of the loader. */
export interface ArbitrarySources {
  readonly file: string;
  readonly envFile: string;
  readonly environment: Record<string, string>;
  readonly flags: Record<string, unknown>;
}

const plainKeys = Object.keys(plainSettings.shape);
const keys = [
  ...plainKeys,
  ...quickstartKeys(strategies).keys(),
  'oidc_authority',
  'note',
  'credential',
];
const mistypedKeys = [
  'tenentId',
  'clientID',
  'Client_Id',
  'secrets',
  '__proto__',
  'constructor',
  'a.b',
  '',
];

const secretText = fc.constantFrom(
  `${secretCanary}~8Q`,
  ` ${secretCanary} `,
  `<${secretCanary}>`,
  `Enter_the_${secretCanary}_Here`,
  '',
);
const secretUrl = fc.constantFrom(
  `http://user:${secretCanary}@proxy.example:8080`,
  `redis://:${secretCanary}@cache.example:6379`,
  `ftp://${secretCanary}@x`,
);

const goodText = fc.constantFrom(
  tenant,
  clientId,
  `{${tenant}}`,
  'contoso.onmicrosoft.com',
  `https://login.microsoftonline.com/${tenant}`,
  `https://login.microsoftonline.us/${tenant}/v2.0`,
  `https://127.0.0.1:8443/${tenant}`,
  'https://graph.microsoft.com/v1.0/users?$select=id&$top=5',
  'https://graph.microsoft.com/.default',
  'global',
  'dod',
  'oidc',
  'memory',
  'file:cache',
  '90s',
  'AB'.repeat(20),
  'key.pem',
  '-',
);
const badText = fc.constantFrom(
  valueCanary,
  `http://${valueCanary}:${valueCanary}@login.microsoftonline.com/x`,
  `https://login.microsoftonline.com/${valueCanary}/more/${valueCanary}`,
  `https://graph.microsoft.com/v1.0/users?$${valueCanary}=1`,
  'common',
  '00000000-0000-0000-0000-000000000000',
  '<tenant>',
  'your_client_id',
  'https://login.microsoftonline.com/%zz',
  'https://[::1',
  tenant.slice(2),
  '999999999999d',
);
const scalar = fc.oneof(
  { weight: 5, arbitrary: goodText },
  { weight: 3, arbitrary: badText },
  { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 12 }) },
  { weight: 1, arbitrary: fc.constantFrom<unknown>(null, true, 0, -1.5, [], {}, [valueCanary]) },
);

/** Returns a value for a key: a secret for a secret setting, otherwise anything. */
function valueOf(key: string): fc.Arbitrary<unknown> {
  if (['secret', 'password', 'passphrase', 'content'].includes(key)) return secretText;
  return key === 'proxy' || key === 'tokenCache' ? fc.oneof(secretUrl, scalar) : scalar;
}

/** Returns an object with some of the names, each with a value that can be valid for it. */
function objectOf(
  names: readonly string[],
  override: Readonly<Record<string, fc.Arbitrary<unknown>>> = {},
): fc.Arbitrary<Record<string, unknown>> {
  const entry = fc
    .constantFrom(...names)
    .chain((key) =>
      fc.tuple(
        fc.constant(key),
        Object.hasOwn(override, key) ? (override[key] ?? scalar) : valueOf(key),
      ),
    );
  return fc
    .uniqueArray(entry, { maxLength: 9, selector: ([key]) => key })
    .map((entries) => Object.fromEntries(entries));
}

const kind = fc.constantFrom<unknown>(
  'client-secret',
  'client-certificate',
  'federated',
  'clientsecret',
  valueCanary,
  3,
);
const credentialKeys = [
  'kind',
  'kind',
  'secret',
  'secretFile',
  'file',
  'password',
  'thumbprint',
  'sendChain',
  'content',
  'secrit',
];
const credential = fc.oneof(
  objectOf(credentialKeys, { kind }),
  fc.constant({ kind: 'client-secret', secret: secretCanary }),
  scalar,
);

/** Valid settings with one member replaced or added: random members alone are hardly ever accepted. */
const nearlyValid = objectOf([...plainKeys, ...mistypedKeys]).map((change) => {
  const [replaced] = Object.entries(change);
  const credentialOf = { kind: 'client-secret', secret: secretCanary };
  return Object.fromEntries([
    ['tenant', tenant],
    ['clientId', clientId],
    ['credential', credentialOf],
    ...(replaced === undefined ? [] : [replaced]),
  ]);
});

const json = fc
  .oneof(
    { weight: 2, arbitrary: objectOf([...keys, ...mistypedKeys], { credential }) },
    { weight: 3, arbitrary: nearlyValid },
  )
  .chain((object) => fc.constantFrom(JSON.stringify(object), JSON.stringify(object, null, 2)));
/** A text with a few characters inserted or removed. */
const broken = fc
  .tuple(
    json,
    fc.nat(),
    fc.nat({ max: 6 }),
    fc.constantFrom('', '"', '}', ',', '//', '/*', '\0', '\uFEFF', '[['),
  )
  .map(([text, at, cut, insert]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + insert + text.slice(start + cut);
  });

const variables = [
  'AZURE_TENANT_ID',
  'TENANT_ID',
  'AZURE_AUTHORITY_HOST',
  'AAD_ENDPOINT',
  'AZURE_CLIENT_ID',
  'GRAPH_ENDPOINT',
  'AZURE_CLIENT_CERTIFICATE_PATH',
  'AZURE_CLIENT_SEND_CERTIFICATE_CHAIN',
  'AZURE_FEDERATED_TOKEN_FILE',
  'NO_PROXY',
  'ROLLCALL_TOKEN_CACHE',
];
const secretVariables = {
  AZURE_CLIENT_SECRET: secretText,
  CLIENT_SECRET: secretText,
  AZURE_CLIENT_CERTIFICATE_PASSWORD: secretText,
  AZURE_CLIENT_CERTIFICATE: secretText,
  HTTPS_PROXY: secretUrl,
};
const environment = objectOf([...variables, ...Object.keys(secretVariables)], secretVariables).map(
  (object) =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]) =>
        typeof value === 'string' ? [[name, value]] : [],
      ),
    ),
);
const envFile = fc
  .tuple(
    environment,
    fc.constantFrom('', 'export ', ' '),
    fc.constantFrom('', '"', "'", '`'),
    fc.constantFrom('\n', '\r\n'),
  )
  .map(([values, before, quote, end]) =>
    Object.entries(values)
      .map(([name, value]) => `${before}${name}=${quote}${value}${quote} # ${valueCanary}`)
      .join(end),
  );
const flags = objectOf(
  [
    'tenant',
    'client-id',
    'cloud',
    'authority',
    'graph',
    'credential',
    'certificate',
    'secret-file',
    'proxy',
    'token-cache',
    'deadline',
    'secret',
  ],
  { secret: secretText, credential: kind, 'token-cache': fc.oneof(secretUrl, scalar) },
);

/** Sources that are mostly partly valid, sometimes valid, and sometimes not text. */
export const arbitrarySources: fc.Arbitrary<ArbitrarySources> = fc.record({
  file: fc.oneof(
    { weight: 6, arbitrary: json },
    { weight: 2, arbitrary: broken },
    { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
  ),
  envFile: fc.oneof({ weight: 5, arbitrary: fc.constant('') }, envFile, broken),
  environment: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, environment),
  flags: fc.oneof({ weight: 4, arbitrary: fc.constant({}) }, flags),
});
