import { defineConfig } from 'vitest/config';
import { ClosingLine } from './test/closing-line.ts';

const always = ['**/node_modules/**', 'dist/**', 'var/**', '.cache/**'];

/**
 * What reckons with the machine's time: speed that is asserted, cameras at their own pace, threads that want a core each. The other
 * integration tests have ports and folders of their own and wait for engines more than they compute; two files run at a time.
 */
const alone = [
  '{deploy,bench}/simulator/**/*.integration.test.ts',
  'ingest/ingest.integration.test.ts',
  'ingest/{live,thread,rtsp,evidence}/**/*.integration.test.ts',
  'inference/detector.integration.test.ts',
  'test/integration/{admission,explain,live}.integration.test.ts',
];

/** unit: beside the source, no engine. integration: a real engine each, two files at a time or alone. e2e: the whole program on a few cameras, two at a time, for they last as long as their clips. browser: one at a time. */
export default defineConfig({
  test: {
    reporters: ['default', new ClosingLine()],
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          // Nothing here is made anew for each file but what a test makes: a third of the time went into importing.
          isolate: false,
          maxWorkers: 2,
          // Walks and fuzzing reckon for seconds, on a machine that others use as well for ten times as long.
          testTimeout: 60_000,
          hookTimeout: 60_000,
          include: [
            '{core,ingest,inference,alerts,api,models,deploy,commands,bench}/**/*.test.ts',
            'test/*.test.ts',
            'test/conformance/**/*.test.ts',
            'test/walks/**/*.test.ts',
          ],
          exclude: [...always, '**/*.integration.test.ts'],
        },
      },
      {
        oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
        test: {
          name: 'console',
          sequence: { groupOrder: 0 },
          maxWorkers: 2,
          environment: 'happy-dom',
          testTimeout: 60_000,
          include: ['console/**/*.test.{ts,tsx}'],
          exclude: always,
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: ['**/*.integration.test.ts', 'test/failure/**/*.test.ts'],
          exclude: [...always, ...alone],
          testTimeout: 60_000,
          hookTimeout: 60_000,
          maxWorkers: 2,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'integration-alone',
          sequence: { groupOrder: 2 },
          include: alone,
          exclude: always,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          fileParallelism: false,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 3 },
          include: ['test/e2e/**/*.test.ts'],
          exclude: always,
          testTimeout: 600_000,
          hookTimeout: 300_000,
          maxWorkers: 2,
          pool: 'forks',
        },
      },
      {
        test: {
          name: 'browser',
          sequence: { groupOrder: 4 },
          include: ['test/browser/**/*.test.ts'],
          exclude: always,
          testTimeout: 180_000,
          hookTimeout: 300_000,
          fileParallelism: false,
          pool: 'forks',
        },
      },
    ],
  },
});
