import type { SiteStore } from '../core/bus/site-store.ts';
import { createSubscriberSecret } from '../core/bus/subscriber-secret.ts';
import { fromResources } from '../core/config/site-document.ts';
import { runtimeError } from '../core/runtime/errors.ts';
import type { Subscriber } from '../core/schema/subscriber.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { withStore } from './with-store.ts';

/** Who may read alerts from the bus itself; see docs/integration/README.md. */
export const subscriberCommand: Command = {
  summary: 'let another system read the alerts of its ground from the bus, or no longer',
  arguments: 'add|remove ID',
  options: new Map([
    ['ground', { type: 'string', placeholder: 'CODE', help: 'the place whose alerts it may read' }],
    ['name', { type: 'string', placeholder: 'NAME', help: 'what people call it (default: its id)' }],
  ]),
  maxPositionals: 2,
  run: async (invocation) => {
    const [what, id] = invocation.positionals;
    if (id !== undefined && what === 'add') return add(invocation, id);
    if (id !== undefined && what === 'remove') return remove(invocation, id);
    throw runtimeError('usage-invalid', 'write xueliang subscriber add ID --ground CODE, or remove ID');
  },
};

const add = async ({ environment, values, print }: Invocation, id: string): Promise<number> => {
  const ground = textOption(values, 'ground');
  if (ground === undefined)
    throw runtimeError('usage-invalid', 'which ground? give a division code with --ground');
  const { secret, passwordHash } = await createSubscriberSecret();
  const subscriber: Subscriber = { id, name: textOption(values, 'name') ?? id, ground, passwordHash };
  await withStore(environment, (store) => write(store, subscriber));
  print({ id, user: `feed-${id}`, ground, secret }, `user feed-${id}, password (shown once): ${secret}`);
  return 0;
};

/** Refuses what would leave a site that is not sound: `config-invalid`; one that is there already: `bus-conflict`. */
const write = async (store: SiteStore, subscriber: Subscriber): Promise<void> => {
  const key = `subscribers.${subscriber.id}`;
  const values = [...(await store.load())].map(([name, { value }]): [string, unknown] => [name, value]);
  fromResources(new Map([...values, [key, subscriber]]));
  await store.put(key, subscriber, 0);
};

const remove = async ({ environment, print }: Invocation, id: string): Promise<number> => {
  await withStore(environment, async (store) => {
    const stored = await store.get(`subscribers.${id}`);
    if (!stored) throw runtimeError('usage-invalid', `there is no subscriber '${id}'`);
    await store.remove(stored.key, stored.revision);
  });
  print({ removed: id }, `removed ${id}; its feed ends within seconds`);
  return 0;
};
