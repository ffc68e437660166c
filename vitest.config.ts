import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const units = [
  'packages/core',
  'packages/sandbox',
  'packages/cli',
  'packages/server',
  'packages/tools',
  'bench',
];

export default defineConfig({
  // Tests run on sources, so that a unit test never waits for a build.
  ssr: { resolve: { conditions: ['@rollcall/source', ...defaultServerConditions] } },
  test: {
    reporters: ['default', './packages/tools/src/closing-line.ts'],
    projects: [
      ...units.map((root) => ({
        extends: true as const,
        root,
        test: {
          name: root.replace('packages/', ''),
          include: ['src/**/*.test.ts'],
          // Tests with thousands of generated values take seconds on a machine that is shared with others.
          testTimeout: 20_000,
        },
      })),
      {
        extends: true as const,
        root: 'packages/e2e',
        test: {
          name: 'e2e',
          include: ['src/**/*.test.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['packages/*/src/**/*.ts'],
      reporter: ['text', 'json-summary'],
    },
  },
});
