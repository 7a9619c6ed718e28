import { stringify } from 'yaml';
import { fromResources } from '../core/config/site-document.ts';
import type { Command } from './command.ts';
import { withStore } from './with-store.ts';

export const exportCommand: Command = {
  summary: 'print the running site as a file that apply takes',
  options: new Map(),
  maxPositionals: 0,
  run: async ({ environment, print }) => {
    const resources = await withStore(environment, (store) => store.load());
    const site = fromResources(new Map([...resources].map(([key, { value }]) => [key, value])));
    print(site, stringify(site).trimEnd());
    return 0;
  },
};
