import { blockOf, type Page } from './page-blocks.ts';
import type { Tenant } from '../tenant.ts';

/** The configuration file of a page, with the tenant, the application and the hosts of the sandbox. */
export function configOf(page: Page, tenant: Tenant, clientId: string | undefined): string {
  const { tenant: _, ...settings } = JSON.parse(blockOf(page, 'rollcall.json')) as object & {
    readonly tenant: string;
  };
  return JSON.stringify({
    ...settings,
    ...(clientId === undefined ? {} : { clientId }),
    authority: `${tenant.url}/${tenant.tenant}`,
    graph: `${tenant.url}/v1.0`,
    scope: 'https://graph.microsoft.com/.default',
  });
}

/** The commands of a page's console blocks with their expected output. */
export function commandsOf({
  blocks,
}: Page): readonly (readonly [command: string, output: string])[] {
  return blocks
    .filter(({ language }) => language === 'console')
    .flatMap(({ code }) => code.split(/^\$ /mu).slice(1))
    .map((text) => {
      const [command = '', ...output] = text.split('\n');
      return [command, output.join('\n')];
    });
}
