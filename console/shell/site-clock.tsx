import { clockTime, dayName, now } from '../words/site-time.ts';

/** The time on the site, wherever this browser is. */
export const SiteClock = () => (
  <time class="site-clock" dateTime={new Date(now.value).toISOString()}>
    <span class="muted">{dayName(now.value)}</span> <strong>{clockTime(now.value)}</strong>
  </time>
);
