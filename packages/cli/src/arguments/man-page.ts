import type { CommandEntry, Options, OptionSpec, Program } from './command.ts';

/** Escapes text for roff: backslashes, hyphens that must stay hyphens, other than ASCII, and dots that begin a line. */
function roff(text: string): string {
  return text
    .replaceAll('\\', String.raw`\e`)
    .replaceAll('-', String.raw`\-`)
    .replaceAll(/[^\x20-\x7E]/gu, (character) => {
      const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
      return String.raw`\[u${code}]`;
    })
    .replaceAll(/^(?=[.'])/gmu, String.raw`\&`);
}

function bold(text: string): string {
  return String.raw`\fB${roff(text)}\fR`;
}

function optionLines(name: string, spec: OptionSpec): readonly string[] {
  const { alias, kind, placeholder, choices, describe } = spec;
  const short = alias === undefined ? '' : `${bold(`-${alias}`)}, `;
  const value = placeholder ?? choices?.join('|') ?? '';
  const argument = kind === 'flag' || value === '' ? '' : String.raw` \fI${roff(value)}\fR`;
  return ['.TP', `${short}${bold(`--${name}`)}${argument}`, `${roff(describe)}.`];
}

function optionsOf(options: Options): readonly string[] {
  return Object.entries(options).flatMap(([name, spec]) => optionLines(name, spec));
}

/** A command with its own options; those of all commands have a section. */
async function commandLines(
  program: Program,
  { name, summary, load }: CommandEntry,
  common: Options,
): Promise<readonly string[]> {
  const { positional, options, examples } = await load();
  const own = Object.fromEntries(
    Object.entries(options).filter(
      ([option, { group }]) =>
        common[option]?.group === undefined || common[option].group !== group,
    ),
  );
  const argument =
    positional === undefined
      ? ''
      : String.raw` \fI${roff(positional.name.toUpperCase())}${positional.many === true ? ' ...' : ''}\fR`;
  return [
    `.SS ${bold(`${program.name} ${name}`)}${argument}`,
    `${roff(summary)}.`,
    ...optionsOf(own),
    '.PP',
    ...examples.flatMap(([line, comment]) => [
      `${roff(comment)}:`,
      '.EX',
      String.raw`\&  ${roff(`${program.name} ${line}`)}`,
      '.EE',
      '.PP',
    ]),
  ];
}

/**
 * Returns the manual page of the program (section 1), generated from its commands.
 * @param version the version of the program
 */
export async function manPage(program: Program, version: string): Promise<string> {
  const topics = await Promise.all(Object.values(program.topics).map(({ load }) => load()));
  const common: Options = Object.assign({}, program.options, ...topics) as Options;
  const commands = await Promise.all(
    program.commands.map((entry) => commandLines(program, entry, common)),
  );
  const title = program.name.toUpperCase();
  const lines = [
    `.TH ${title} 1 "" "${program.name} ${version}" "User Commands"`,
    '.SH NAME',
    `${program.name} \\- ${roff(program.summary.replace(/\.$/u, ''))}`,
    '.SH SYNOPSIS',
    String.raw`${bold(program.name)} \fICOMMAND\fR [\fIOPTIONS\fR]`,
    '.SH DESCRIPTION',
    roff(program.summary),
    '.SH COMMANDS',
    ...commands.flat(),
    '.SH COMMON OPTIONS',
    ...optionsOf({ ...common, ...program.rootOptions }),
    '.SH EXIT STATUS',
    ...program.exitCodes.flatMap(([code, meaning]) => ['.TP', bold(code), `${roff(meaning)}.`]),
  ];
  return `${lines.join('\n')}\n`;
}
