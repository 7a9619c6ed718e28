import { planSite } from '../core/config/apply-site.ts';
import { readSite } from '../core/config/read-site.ts';
import { fileOption, requireFile } from './apply.ts';
import type { Command } from './command.ts';
import { formatChanges } from './site-changes.ts';
import { withStore } from './with-store.ts';

export const diffCommand: Command = {
  summary: 'show what apply would change, and change nothing',
  options: new Map([fileOption]),
  maxPositionals: 0,
  run: async (invocation) => {
    const site = await readSite(requireFile(invocation, 'diff'));
    const changes = await withStore(invocation.environment, (store) => planSite(store, site));
    invocation.print({ changes }, formatChanges(changes));
    return 0;
  },
};
