import { lookup } from 'node:dns/promises';

/** Whether the resolver of this machine finds an address for a host. */
export async function canResolve(host: string): Promise<boolean> {
  try {
    await lookup(host);
    return true;
  } catch {
    return false;
  }
}
