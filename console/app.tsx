import { useEffect, useState } from 'preact/hooks';
import { LocationProvider } from 'preact-iso';
import { loadSession } from './http/session.ts';
import { session } from './http/session-state.ts';
import { Failure, Loading } from './parts/states.tsx';
import { Frame } from './shell/frame.tsx';
import { preloadPage } from './shell/preload-page.ts';
import { SignInPage } from './shell/sign-in.tsx';

/** The whole console: who is there first, then what every page has around it and the page that the address names. */
export const App = () => {
  const [failure, setFailure] = useState<unknown>();
  const load = (): void => {
    setFailure(undefined);
    loadSession().catch(setFailure);
  };
  useEffect(() => {
    load();
    preloadPage();
  }, []);
  if (failure !== undefined) return <Failure failure={failure} onRetry={load} />;
  if (session.value === 'unknown') return <Loading />;
  if (session.value === undefined) return <SignInPage />;
  return (
    <LocationProvider>
      <Frame />
    </LocationProvider>
  );
};
