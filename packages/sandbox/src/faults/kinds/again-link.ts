import type { FaultContext } from '../fault.ts';

const marker = 'sandbox-again';

/** A link to the same page that no earlier link equals. The mark is taken off before Graph sees it. */
export function againLink({ call, places, struck }: FaultContext): string {
  const { pathname, search } = call.url;
  const bare = withoutAgain(`${pathname}${search}`);
  return `${places.origin}${bare}${bare.includes('?') ? '&' : '?'}${marker}=${struck + 1}`;
}

/** The target of an again-link. */
export function withoutAgain(target: string): string {
  return target.replace(new RegExp(`[?&]${marker}=\\d+$`, 'u'), '');
}
