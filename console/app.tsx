import { useEffect, useState } from 'preact/hooks';
import { LocationProvider } from 'preact-iso';
import { loadSession } from './http/session.ts';
import { session } from './http/session-state.ts';
import { Failure, Loading } from './parts/states.tsx';
import { Frame } from './shell/frame.tsx';
import { pages } from './shell/pages.ts';
import { SignInPage } from './shell/sign-in.tsx';

/** The page that the address names comes while it is asked who is there. */
const preloadPage = (): void => {
  const page = pages.find(({ path }) => path === location.pathname);
  page?.component.preload().catch(() => undefined); // it is asked for again when it is shown
};

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
