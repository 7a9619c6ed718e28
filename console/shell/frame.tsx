import { useEffect } from 'preact/hooks';
import { ErrorBoundary, Route, Router } from 'preact-iso';
import { openAlertStream } from '../http/alert-stream.ts';
import { isSessionLost, may } from '../http/session-state.ts';
import { followSite } from '../http/site.ts';
import { Boundary } from '../parts/boundary.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { Empty } from '../parts/states.tsx';
import { Toasts } from '../parts/toast.tsx';
import { word as shared } from '../words/words.ts';
import { Account } from './account.tsx';
import { ConnectionBanner } from './connection-banner.tsx';
import { HealthDot } from './health-dot.tsx';
import { Navigation } from './navigation.tsx';
import { type PageEntry, pages } from './pages.ts';
import { SignInForm } from './sign-in.tsx';
import { SiteClock } from './site-clock.tsx';
import { word } from './words.ts';

/** What every page has around it for somebody who is signed in. */
export const Frame = () => {
  useEffect(() => {
    const stream = may('alerts.read') ? openAlertStream() : undefined;
    const unfollow = followSite();
    return () => {
      stream?.close();
      unfollow();
    };
  }, []);
  return (
    <div class="frame">
      <a class="skip" href="#page">
        {word('skip')}
      </a>
      <header class="bar">
        <strong class="brand">{shared('title')}</strong>
        <Navigation />
        <div class="bar-end">
          <HealthDot />
          <SiteClock />
          <Account />
        </div>
      </header>
      <ConnectionBanner />
      <main id="page" class="page" tabIndex={-1}>
        <Pages />
      </main>
      <Toasts />
      {isSessionLost.value && <SignInAgain />}
    </div>
  );
};

const SignInAgain = () => (
  <Dialog title={word('signIn')} onClose={() => undefined} mustStay>
    <p>{word('signInAgain')}</p>
    <SignInForm />
  </Dialog>
);

/** The same component each time, so that a page is not built anew when the frame is. */
const guarded = new Map(pages.map((page) => [page.name, guard(page)]));

function guard({ component: Page, rights }: PageEntry) {
  return () => (
    <Boundary>{rights.some(may) ? <Page /> : <Empty icon="person" title={word('noRight')} />}</Boundary>
  );
}

const NoPage = () => (
  <Empty icon="help" title={word('noPage')}>
    <a href="/">{word('toQueue')}</a>
  </Empty>
);

const Pages = () => (
  <ErrorBoundary>
    <Router>
      {pages.map(({ name, path }) => (
        <Route key={name} path={path} component={guarded.get(name) ?? NoPage} />
      ))}
      <Route default component={NoPage} />
    </Router>
  </ErrorBoundary>
);
