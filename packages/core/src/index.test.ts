import { expect, it } from 'vitest';

import * as core from './index.ts';

it('gives out these names and no others: a new one is a decision', () => {
  expect(Object.keys(core)).toMatchSnapshot();
});
