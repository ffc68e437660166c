import { CredentialError } from '../../errors/credential-error.ts';
import type { TokenRequest } from '../access-token.ts';
import type { Credential } from '../credential.ts';
import { settingNames, type Strategy } from '../strategy.ts';

/** Returns the paths of the files that a strategy's settings name; `-` is standard input, not a file. */
export function credentialFiles(
  strategy: Pick<Strategy, 'settings'>,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] {
  return settingNames(strategy, 'isPath')
    .map((name) => settings[name])
    .filter((path) => typeof path === 'string')
    .filter((path) => path !== '-');
}

/** Adds the files of the credential to an error that names none: code that examines a key does not know its file. */
function withFiles(files: readonly string[], error: unknown): unknown {
  if (!(error instanceof CredentialError) || files.length === 0 || error.files.length > 0)
    return error;
  return new CredentialError(`${files.join(', ')}: ${error.message}`, error.remedy, {
    cause: error,
    files,
  });
}

/** Wraps a credential so that its errors name the files that they are about. */
export function credentialWithContext(
  credential: Credential,
  files: readonly string[],
): Credential {
  function namingFiles<Given extends unknown[], Result>(
    work: (...given: Given) => Promise<Result>,
  ) {
    return async (...given: Given): Promise<Result> => {
      try {
        return await work(...given);
      } catch (error) {
        throw withFiles(files, error);
      }
    };
  }
  const { fingerprint, sealingSecret, examine } = credential;
  return {
    ...credential,
    requestToken: namingFiles((request: TokenRequest) => credential.requestToken(request)),
    ...(fingerprint === undefined ? {} : { fingerprint: namingFiles(fingerprint) }),
    ...(sealingSecret === undefined ? {} : { sealingSecret: namingFiles(sealingSecret) }),
    ...(examine === undefined ? {} : { examine: namingFiles(examine) }),
  };
}
