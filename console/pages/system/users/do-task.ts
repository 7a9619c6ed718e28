import type { UserRole } from '../../../../core/schema/role.ts';
import { ask } from '../../../http/ask.ts';
import { now } from '../../../words/site-time.ts';
import type { MadeSecret, UserAccount } from './account.ts';
import type { AccountTask } from './account-dialog.tsx';

/** What somebody typed and chose. */
export interface AccountEntry {
  id: string;
  ground: string;
  roles: UserRole[];
  /** For how many days a key is good. */
  days: string;
}

const day = 86_400_000;

/** Only of the revision that was seen. */
const seen = ({ revision }: UserAccount) => ({ 'If-Match': `"${revision}"` });

/** Does it; gives a secret that was made. Throws AskFailure. */
export const doTask = async (task: AccountTask, entry: AccountEntry): Promise<MadeSecret | undefined> => {
  const { id, ground, roles, days } = entry;
  switch (task.name) {
    case 'addUser':
      return ask<MadeSecret>('/api/v1/users', { method: 'POST', body: { id, ground, roles } });
    case 'addKey': {
      const expires = Math.round(now.peek() + Number(days) * day);
      return ask<MadeSecret>('/api/v1/keys', { method: 'POST', body: { id, ground, roles, expires } });
    }
    case 'changeUser':
      await ask(`/api/v1/users/${task.user.id}`, {
        ...{ method: 'PUT', body: { ground, roles }, headers: seen(task.user) },
      });
      return undefined;
    case 'newSecret': {
      const path = `/api/v1/users/${task.user.id}/secret`;
      const { secret } = await ask<{ secret: string }>(path, {
        ...{ method: 'POST', body: {}, headers: seen(task.user) },
      });
      return { id: task.user.id, secret };
    }
    case 'removeUser':
      return ask(`/api/v1/users/${task.user.id}`, { method: 'DELETE', headers: seen(task.user) });
    case 'removeKey':
      return ask(`/api/v1/keys/${task.key.id}`, { method: 'DELETE' });
  }
};
