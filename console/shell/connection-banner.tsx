import { connection } from '../http/alert-stream.ts';
import { may } from '../http/session-state.ts';
import { unansweredSince } from '../http/site.ts';
import { clockTime } from '../words/site-time.ts';
import { word } from './words.ts';

/** By the alert stream; who may not hear alerts has none, and knows by asking how the site is. */
const lostSince = (): number | undefined => {
  if (!may('alerts.read')) return unansweredSince.value;
  const { isConnected, since } = connection.value;
  return isConnected ? undefined : since;
};

/** Says, as long as it is so, that what is on the screen is not how things are now. */
export const ConnectionBanner = () => {
  const since = lostSince();
  return (
    <div role="alert">
      {since !== undefined && <p class="banner">{word('disconnected', { since: clockTime(since) })}</p>}
    </div>
  );
};
