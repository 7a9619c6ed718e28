import { useState } from 'preact/hooks';
import { signIn } from '../http/session.ts';
import { Button } from '../parts/button.tsx';
import { Field } from '../parts/field.tsx';
import { failureWords } from '../words/failure-words.ts';
import { word as shared } from '../words/words.ts';
import { DisplayChoices } from './display-choices.tsx';
import { word } from './words.ts';

/** Name and secret; what is typed stays when they are refused. */
export const SignInForm = () => {
  const [user, setUser] = useState('');
  const [secret, setSecret] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const send = async (event: Event): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    setFailure(undefined);
    await signIn(user, secret).catch(setFailure);
    setBusy(false);
  };
  return (
    <form class="stack" onSubmit={(event) => void send(event)}>
      <Field label={word('user')}>
        <input
          name="username"
          autocomplete="username"
          required
          value={user}
          onInput={(event) => setUser(event.currentTarget.value)}
        />
      </Field>
      <Field label={word('secret')} problem={failure === undefined ? undefined : failureWords(failure)}>
        <input
          name="password"
          type="password"
          autocomplete="current-password"
          required
          value={secret}
          onInput={(event) => setSecret(event.currentTarget.value)}
        />
      </Field>
      <Button type="submit" tone="main" disabled={isBusy}>
        {word('signIn')}
      </Button>
    </form>
  );
};

/** The page of somebody who is not signed in. */
export const SignInPage = () => (
  <main class="sign-in">
    <section class="sign-in-card stack">
      <h1>{shared('title')}</h1>
      <SignInForm />
      <DisplayChoices />
    </section>
  </main>
);
