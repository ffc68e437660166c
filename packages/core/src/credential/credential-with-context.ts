import { CredentialError } from '../errors/credential-error.ts';
import type { TokenRequest } from './access-token.ts';
import type { Credential } from './credential.ts';
import type { Strategy } from './strategy.ts';

/** The files that a strategy's settings name. */
export function credentialFiles(
  { pathKeys }: Pick<Strategy, 'pathKeys'>,
  settings: Readonly<Record<string, unknown>>,
): readonly string[] {
  return pathKeys
    .map((key) => settings[key])
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
  function named<Given extends unknown[], Result>(work: (...given: Given) => Promise<Result>) {
    return async (...given: Given): Promise<Result> => {
      try {
        return await work(...given);
      } catch (error) {
        throw withFiles(files, error);
      }
    };
  }
  const { proofId, sealingProof, examine } = credential;
  return {
    ...credential,
    requestToken: named((request: TokenRequest) => credential.requestToken(request)),
    ...(proofId === undefined ? {} : { proofId: named(proofId) }),
    ...(sealingProof === undefined ? {} : { sealingProof: named(sealingProof) }),
    ...(examine === undefined ? {} : { examine: named(examine) }),
  };
}
