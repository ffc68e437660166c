import { expect, it } from 'vitest';

import * as commandLine from './command-line.ts';
import * as core from './index.ts';

it('exports these names and no others from the main entry: a new name is a decision', () => {
  expect(Object.keys(core)).toMatchSnapshot();
});

it('exports these names and no others from the entry for command lines', () => {
  expect(Object.keys(commandLine)).toMatchSnapshot();
});
