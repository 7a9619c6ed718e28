import { access, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLogger } from '../core/log.ts';
import { systemClock } from '../core/runtime/clock.ts';
import { resolveModel } from './resolve-model.ts';

const folder = path.resolve(import.meta.dirname, '../../shared/models');
const isThere = await access(folder).then(
  () => true,
  () => false,
);

let cacheFolder: string;
beforeAll(async () => {
  cacheFolder = await mkdtemp(path.join(tmpdir(), 'xueliang-cache-'));
});
afterAll(() => rm(cacheFolder, { recursive: true }));

describe.skipIf(!isThere)('real model files (needs ../shared/models)', () => {
  it.each(['default', 'yolox-nano-320', 'yolox-nano-384x640', 'yolox-nano-480x640'])(
    'match the card of %s: bytes, tensors and law',
    async (id) => {
      const log = createLogger({ level: 'silent' });

      const resolved = await resolveModel({ id, cacheFolder, sources: [folder], clock: systemClock, log });

      expect(resolved).toMatchObject({ origin: 'source', path: expect.stringContaining(cacheFolder) });
      expect(resolved).not.toHaveProperty('fallbackReason');
    },
  );
});
