import { steps, type OptionWord, type State, type Word } from './grammar.ts';

/** Quotes `text` as one string of PowerShell. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A candidate and its tooltip, which must not be empty. */
function pair({ text, describe }: Word): string {
  return `@(${literal(text)}, ${literal(describe === '' ? text : describe)})`;
}

/** One entry for each spelling of the options: the keys of a hashtable are compared without case. */
function choiceLines(options: readonly OptionWord[]): readonly string[] {
  const lines = new Map<string, string>();
  for (const { text, short, choices } of options.filter(({ takes }) => takes === 'choice'))
    for (const spelling of short === undefined ? [text] : [text, short])
      lines.set(
        spelling.toLowerCase(),
        `    ${literal(spelling)} = @(${choices.map(literal).join(', ')})`,
      );
  return [...lines.values()];
}

/** Returns the completion script for PowerShell, with descriptions. Values without choices are completed as paths. */
export function powershell(name: string, states: readonly State[]): string {
  const options = states.flatMap((state) => state.options);
  const valued = new Set(
    options.filter(({ takes }) => takes !== 'nothing').map(({ text }) => text),
  );
  return [
    `# PowerShell completion for ${name}: ${name} completion powershell | Out-String | Invoke-Expression`,
    `Register-ArgumentCompleter -Native -CommandName ${literal(name)} -ScriptBlock {`,
    '  param($wordToComplete, $commandAst, $cursorPosition)',
    '  $steps = @{',
    ...steps(states).map(
      ([from, word]) => `    ${literal(`${from}:${word}`)} = ${literal(`${from} ${word}`.trim())}`,
    ),
    '  }',
    '  $choices = @{',
    ...choiceLines(options),
    '  }',
    `  $valued = @(${[...valued].map(literal).join(', ')})`,
    '  $words = @($commandAst.CommandElements |',
    '    Where-Object { $_.Extent.EndOffset -lt $cursorPosition } |',
    '    ForEach-Object { $_.Extent.Text })',
    "  $state = ''",
    '  foreach ($word in @($words | Select-Object -Skip 1)) {',
    '    $key = "${state}:$word"',
    '    if ($steps.ContainsKey($key)) { $state = $steps[$key] }',
    '  }',
    "  $option = if ($words.Count -gt 0) { $words[-1] } else { '' }",
    "  $prefix = ''",
    '  $start = $wordToComplete',
    "  if ($wordToComplete -match '^(--[^=]+)=(.*)$') {",
    '    $option = $Matches[1]; $prefix = "$option="; $start = $Matches[2]',
    '  }',
    '  if ($choices.ContainsKey($option)) {',
    '    $candidates = @($choices[$option] | ForEach-Object { , @($_, $_) })',
    '  } elseif ($valued -contains $option) {',
    '    return',
    '  } else {',
    '    $candidates = switch ($state) {',
    ...states.map(
      ({ typed, words, options: own }) =>
        `      ${literal(typed)} { @(${[...words, ...own].map(pair).join(', ')}) }`,
    ),
    '    }',
    '  }',
    '  $candidates | Where-Object { $_[0] -like "$start*" } | ForEach-Object {',
    '    [System.Management.Automation.CompletionResult]::new(',
    '      "$prefix$($_[0])", $_[0], \'ParameterValue\', $_[1])',
    '  }',
    '}',
    '',
  ].join('\n');
}
