import { applySite } from '../core/config/apply-site.ts';
import { readSite } from '../core/config/read-site.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { refuseUnfitModel } from './fit-model.ts';
import { formatChanges } from './site-changes.ts';
import { withStore } from './with-store.ts';

/** The option that `apply` and `diff` share. */
export const fileOption = [
  'file',
  { type: 'string', short: 'f', placeholder: 'FILE', help: 'the site file (YAML)' },
] as const;

/** The site file's path. Throws `usage-invalid` when none was given. */
export const requireFile = (invocation: Invocation, verb: string): string => {
  const file = textOption(invocation.values, 'file');
  if (file !== undefined) return file;
  throw runtimeError('usage-invalid', `which file? write xueliang ${verb} -f site.yaml`);
};

export const applyCommand: Command = {
  summary: 'make the running site what a file says',
  options: new Map([fileOption]),
  maxPositionals: 0,
  run: async (invocation) => {
    const site = await readSite(requireFile(invocation, 'apply'));
    await refuseUnfitModel(invocation, site);
    const changes = await withStore(invocation.environment, (store) => applySite(store, site));
    invocation.print({ applied: changes }, formatChanges(changes));
    return 0;
  },
};
