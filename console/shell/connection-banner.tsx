import { lostSince } from '../http/site.ts';
import { clockTime } from '../words/site-time.ts';
import { word } from './words.ts';

/** Says, as long as it is so, that what is on the screen is not how things are now. */
export const ConnectionBanner = () => {
  const since = lostSince.value;
  return (
    <div role="alert">
      {since !== undefined && <p class="banner">{word('disconnected', { since: clockTime(since) })}</p>}
    </div>
  );
};
