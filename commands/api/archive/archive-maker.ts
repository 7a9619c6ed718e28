import { createForkedMaker } from '../../../api/exports/archive/index.ts';
import type { ArchiveMaker } from '../../../core/archive.ts';
import { type Environment, toVariables } from '../../../core/config/environment.ts';
import type { Clock } from '../../../core/runtime/clock.ts';

/** Makes archives with the site's evidence and its model, each in a process of its own. */
export const createArchiveMaker = (environment: Environment, clock: Clock): ArchiveMaker =>
  createForkedMaker({
    entry: new URL(`make-archive-child.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url),
    env: { ...process.env, ...toVariables(environment) },
    clock,
  });
