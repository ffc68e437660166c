import type { DirectoryCredential } from '../token/directory-credential.ts';
import type { Users } from './users.ts';

/** One tenant, opened with the credential of one application. Dispose of it to close its connections. */
export interface Directory extends AsyncDisposable {
  readonly users: Users;
  /** The application's credential in the shape of Azure's `TokenCredential`. */
  readonly credential: DirectoryCredential;
}
