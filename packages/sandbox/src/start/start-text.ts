import type { ClientFiles } from '../client-files/write-client-files.ts';
import type { Sandbox } from '../sandbox.ts';

/** One line of JSON for programs. */
export function readyLine(sandbox: Sandbox, files: ClientFiles | undefined): string {
  const ready = {
    ready: true,
    url: sandbox.url,
    tenant: sandbox.tenant,
    clientId: sandbox.secretClient.clientId,
    ...files,
    control: sandbox.control,
  };
  return `${JSON.stringify(ready)}\n`;
}

/** The same for a person at a terminal, with the command to try first. */
export function startText(sandbox: Sandbox, files: ClientFiles | undefined, users: number): string {
  const facts = [
    ['Graph and Entra', sandbox.url],
    ['Control API', sandbox.control],
    ['Tenant', sandbox.tenant],
    ['Client ID', sandbox.secretClient.clientId],
    ['Users', users.toLocaleString('en-US')],
  ].map(([name = '', value = '']) => `  ${name.padEnd(17)}${value}\n`);
  const next =
    files === undefined
      ? 'No client files were written. To get settings and certificates for clients,\nrestart with --dir DIR.\n'
      : `To list the users, run in another terminal:\n\n  rollcall users list --config ${files.parameters} --ca ${files.ca}\n`;
  return `The mock tenant is ready. Press Ctrl+C to stop it.\n\n${facts.join('')}\n${next}`;
}
