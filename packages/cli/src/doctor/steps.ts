import { authority } from './authority.ts';
import { clock } from './clock.ts';
import { credential } from './credential.ts';
import { dns } from './dns.ts';
import { firstUser } from './first-user.ts';
import { permission } from './permission.ts';
import { settings } from './settings.ts';
import type { Step } from './step.ts';
import { tls } from './tls.ts';
import { token } from './token.ts';

/** From the settings to the first user. The clock is compared with the authority's, and so comes after it. */
export const steps: readonly Step[] = [
  settings,
  dns,
  tls,
  authority,
  clock,
  credential,
  token,
  permission,
  firstUser,
];
