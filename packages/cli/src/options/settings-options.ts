import type { Options } from '../command.ts';

const group = 'Settings (strongest of: flag, environment, --env-file, --config)';

/** On every command that reads settings. What they may hold is checked by core, with every other source. */
export const settingsOptions = {
  config: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Settings file: rollcall.json, or the quickstart’s parameters.json',
    group,
  },
  'env-file': {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Read variables from a .env file',
    group,
  },
  tenant: {
    kind: 'text',
    placeholder: 'ID',
    describe: 'Directory (tenant) id, or one of its domains',
    group,
  },
  'client-id': { kind: 'text', placeholder: 'ID', describe: 'Application (client) id', group },
  cloud: { kind: 'text', placeholder: 'NAME', describe: 'National cloud', group },
  authority: {
    kind: 'text',
    placeholder: 'URL',
    describe: 'Sign-in host and tenant, where not a known cloud’s',
    group,
  },
  graph: {
    kind: 'text',
    placeholder: 'URL',
    describe: 'Microsoft Graph root, where not the cloud’s own',
    group,
  },
  credential: {
    kind: 'text',
    placeholder: 'KIND',
    describe: 'How the application proves itself',
    group,
  },
  certificate: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Certificate with its private key',
    group,
  },
  'secret-file': {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Client secret from a file; - reads standard input',
    group,
  },
  'federated-token-file': {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Federated assertion, read anew at each use',
    group,
  },
  proxy: { kind: 'text', placeholder: 'URL', describe: 'Proxy for sign-in and Graph', group },
  ca: {
    kind: 'text',
    placeholder: 'FILE',
    describe: 'Certificate authority to trust beside the system’s',
    group,
  },
  'token-cache': {
    kind: 'text',
    placeholder: 'WHERE',
    describe: 'memory, file, file:PATH or redis://…',
    group,
  },
  deadline: {
    kind: 'text',
    placeholder: 'DURATION',
    describe: 'Give the whole command this long: 90s, 15m',
    group,
  },
} as const satisfies Options;
