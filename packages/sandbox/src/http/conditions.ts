import type { ServerResponse } from 'node:http';

import { send, type Message } from './send.ts';

/** How far away the tenant seems. */
export interface Conditions {
  /** Before each answer, in milliseconds. */
  readonly latency?: number | undefined;
  /** Up to so much more, at random, in milliseconds. */
  readonly jitter?: number | undefined;
  /** Of each answer, in bytes a second. */
  readonly bandwidth?: number | undefined;
}

const slicesPerSecond = 20;

/** @returns how long an answer waits, in milliseconds */
export function delayOf(conditions: Conditions, random: () => number): number {
  return (conditions.latency ?? 0) + random() * (conditions.jitter ?? 0);
}

/** Sends an answer no faster than `bandwidth`. */
export async function sendSlowly(
  response: ServerResponse,
  message: Message,
  bandwidth: number | undefined,
  sleep: (milliseconds: number) => Promise<void>,
): Promise<void> {
  if (bandwidth === undefined) {
    send(response, message);
    return;
  }
  const slice = Math.max(1, Math.floor(bandwidth / slicesPerSecond));
  response.writeHead(message.status, message.headers);
  for (let at = 0; at < message.body.length; at += slice) {
    response.write(message.body.subarray(at, at + slice));
    await sleep(1_000 / slicesPerSecond);
  }
  response.end();
}

/**
 * Checks conditions that came as data.
 * @throws {TypeError} when one is unknown or no positive number
 */
export function readConditions(given: unknown): Conditions {
  if (typeof given !== 'object' || given === null) throw new TypeError('conditions are an object');
  for (const [name, value] of Object.entries(given)) {
    if (!['latency', 'jitter', 'bandwidth'].includes(name))
      throw new TypeError(`no condition "${name}"; there are latency, jitter and bandwidth`);
    if (value === undefined) continue;
    if (typeof value !== 'number' || !Number.isFinite(value) || value < 0)
      throw new TypeError(`${name} is a number, 0 or more`);
  }
  const { latency, jitter, bandwidth } = given as Conditions;
  return { latency, jitter, ...(bandwidth === 0 ? {} : { bandwidth }) };
}
