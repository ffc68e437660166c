/** The steps from the settings to the first user, in the order in which they run: each one needs those before it. */
export const stepNames = [
  'settings',
  'clock',
  'DNS',
  'TLS',
  'authority',
  'credential',
  'token',
  'permission',
  'first user',
  'latency',
] as const;

export type StepName = (typeof stepNames)[number];
