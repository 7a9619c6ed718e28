import type { Site } from '../schema/site.ts';
import { checkUrl } from './check-url.ts';
import { parseDuration } from './quantity.ts';
import type { Report } from './read-site.ts';

/** Long enough to open a message, short enough that a lost telephone is no way in tomorrow. */
const shortestMs = 5 * 60_000;
const longestMs = 24 * 3_600_000;

const publicAddress = {
  schemes: ['https', 'http'],
  secretsBelong: 'take it out; it is the beginning of every answer link',
};

/** Checks where answer links lead and how long they are good. */
export const checkAnswers = ({ site }: Pick<Site, 'site'>, report: Report): void => {
  const { publicAddress: address, answersWithin } = site;
  if (address !== undefined) {
    checkUrl(address, publicAddress, ['site', 'publicAddress'], report);
    if (URL.canParse(address) && new URL(address).origin !== address.replace(/\/$/, ''))
      report(
        ['site', 'publicAddress'],
        `'${address}' has more than a host and port; write https://host[:port]`,
      );
  }
  if (answersWithin === undefined) return;
  const lasting = parseDuration(answersWithin);
  if (lasting < shortestMs || lasting > longestMs)
    report(['site', 'answersWithin'], `'${answersWithin}' is not between 5m and 24h`);
};
