import type { RemedyTexts } from '../../errors/remedies.ts';

/** The wordings of remedies in programs that have the settings flags. */
export const flagRemedies: RemedyTexts = {
  'trust-certificate': () =>
    'If a private CA or a proxy that inspects TLS signed the certificate of this host, add the CA with --ca FILE. Otherwise the connection may be intercepted: do not continue.',
  'name-config-file': ({ file }) => `Add --config ${file}.`,
  'choose-credential': () => 'Remove all credentials but one, or select one with --credential.',
  'add-credential': () =>
    'Set AZURE_CLIENT_SECRET, use --secret-file or --certificate, or add credential to the configuration file.',
  'set-in-same-source': ({ hint }) =>
    `Set it in the source of the credential, or with a flag. ${hint}`,
  'replace-exposed-secret': ({ setting, fileFlag, fileSetting, variable }) => {
    const file = fileFlag === undefined ? fileSetting : `--${fileFlag} FILE`;
    const others = [file, variable].filter((each) => each !== undefined);
    return `Use ${others.join(' or ') || setting}, and replace this secret.`;
  },
  'hide-proxy-password': () => 'Set HTTPS_PROXY instead.',
  'set-key-password': () =>
    'Set AZURE_CLIENT_CERTIFICATE_PASSWORD, credential.passwordFile or credential.password.',
  'fix-file-permissions': ({ command }) =>
    `${command} To accept the file as it is, use --allow-weak-permissions.`,
  'correct-proxy': ({ host }) =>
    `Correct the URL of the proxy (HTTPS_PROXY, --proxy), or list ${host} in NO_PROXY if no proxy is needed.`,
};
