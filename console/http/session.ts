import { timeZone } from '../words/site-time.ts';
import { ask } from './ask.ts';
import { toAskFailure } from './ask-failure.ts';
import { isSessionLost, type Session, session, signedIn } from './session-state.ts';

const path = '/api/v1/session';

/** Where the API has no sessions, whoever reaches it may do what the API lets them. */
const openSession: Session = { id: 'local', ground: '', roles: [], rights: [], isOpen: true };

const take = (found: Session): void => {
  if (found.timezone !== undefined) timeZone.value = found.timezone;
  session.value = found;
};

/** Asks who is signed in. Throws what else the API answers, or when it cannot be reached. */
export const loadSession = async (): Promise<void> => {
  try {
    take(await ask<Session>(path));
  } catch (thrown) {
    const failure = toAskFailure(thrown);
    if (failure.kind === 'not-found') session.value = openSession;
    else if (failure.kind === 'unauthenticated') session.value = undefined;
    else throw failure;
  }
};

/** Throws AskFailure with the reason. Somebody else than before finds nothing of what the one before had on the screen. */
export const signIn = async (user: string, secret: string): Promise<void> => {
  const before = signedIn.peek()?.id;
  const found = await ask<Session>(path, { method: 'POST', body: { user, secret } });
  if (before !== undefined && before !== found.id) return startOver();
  take(found);
  isSessionLost.value = false;
};

/** Throws AskFailure with the reason. */
export const signOut = async (): Promise<void> => {
  await ask(path, { method: 'DELETE' });
  startOver();
};

/** Loads the console anew: what a page knows is for who was signed in. */
const startOver = (): void => location.assign('/');
