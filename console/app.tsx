import { useEffect, useState } from 'preact/hooks';
import { LocationProvider } from 'preact-iso';
import { poll } from './http/poll.ts';
import { loadSession } from './http/session.ts';
import { session } from './http/session-state.ts';
import { Failure, Loading } from './parts/states.tsx';
import { Frame } from './shell/frame.tsx';
import { preloadPage } from './shell/preload-page.ts';
import { SignInPage } from './shell/sign-in.tsx';

/** The whole console: who is there first, then what every page has around it and the page that the address names. */
export const App = () => {
  const [failure, setFailure] = useState<unknown>();
  const [asked, setAsked] = useState(0);
  useEffect(() => preloadPage(), []);
  useEffect(() => askUntilAnswered(setFailure), [asked]);
  if (failure !== undefined) return <Failure failure={failure} onRetry={() => setAsked(asked + 1)} />;
  if (session.value === 'unknown') return <Loading />;
  if (session.value === undefined) return <SignInPage />;
  return (
    <LocationProvider>
      <Frame />
    </LocationProvider>
  );
};

const firstPauseMs = 500;

/** Who is there; a screen that was switched on before the site comes up by itself. Until what it gives is called. */
const askUntilAnswered = (onFailure: (failure: unknown) => void): (() => void) => {
  const stop = poll(firstPauseMs, async () => {
    try {
      await loadSession();
    } catch (thrown) {
      onFailure(thrown);
      throw thrown;
    }
    stop();
    onFailure(undefined);
  });
  return stop;
};
