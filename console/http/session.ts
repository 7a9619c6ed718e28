import { ask } from './ask.ts';
import { toAskFailure } from './ask-failure.ts';
import { isSessionLost, type Session, session } from './session-state.ts';

const path = '/api/v1/session';

/** Where the API has no sessions, whoever reaches it may do what the API lets them. */
const openSession: Session = { id: 'local', ground: '', roles: [], rights: [], isOpen: true };

/** Asks who is signed in. Throws what else the API answers, or when it cannot be reached. */
export const loadSession = async (): Promise<void> => {
  try {
    session.value = await ask<Session>(path);
  } catch (thrown) {
    const failure = toAskFailure(thrown);
    if (failure.kind === 'not-found') session.value = openSession;
    else if (failure.kind === 'unauthenticated') session.value = undefined;
    else throw failure;
  }
};

/** Throws AskFailure with the reason. */
export const signIn = async (user: string, secret: string): Promise<void> => {
  session.value = await ask<Session>(path, { method: 'POST', body: { user, secret } });
  isSessionLost.value = false;
};

export const signOut = async (): Promise<void> => {
  await ask(path, { method: 'DELETE' });
  session.value = undefined;
  isSessionLost.value = false;
};
