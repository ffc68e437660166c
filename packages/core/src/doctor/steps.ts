import { authorityStep } from './authority-step.ts';
import { clockStep } from './clock-step.ts';
import { credentialStep } from './credential-step.ts';
import { dnsStep } from './dns-step.ts';
import { firstUserStep } from './first-user-step.ts';
import { latencyStep } from './latency-step.ts';
import { permissionStep } from './permission-step.ts';
import { settingsStep } from './settings-step.ts';
import type { Step } from './step.ts';
import type { StepName } from './step-names.ts';
import { tlsStep } from './tls-step.ts';
import { tokenStep } from './token-step.ts';

/** Every step by its name. `stepNames` has their order. */
export const steps = {
  settings: settingsStep,
  clock: clockStep,
  DNS: dnsStep,
  TLS: tlsStep,
  authority: authorityStep,
  credential: credentialStep,
  token: tokenStep,
  permission: permissionStep,
  'first user': firstUserStep,
  latency: latencyStep,
} as const satisfies Record<StepName, Step>;
