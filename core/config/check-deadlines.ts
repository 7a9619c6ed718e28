import { spanOf } from '../deadlines.ts';
import { deadlineSteps } from '../schema/deadline.ts';
import type { SiteSettings } from '../schema/site.ts';
import type { Report } from './read-site.ts';

/** Nobody can be there before they have heard of it; each deadline passed is one level further up, in this order. */
export const checkDeadlines = ({ place, deadlines = [] }: SiteSettings, report: Report): void => {
  for (const [index, rule] of deadlines.entries()) {
    for (const [at, step] of deadlineSteps.entries()) {
      const earlier = deadlineSteps[at - 1];
      if (earlier && spanOf(rule, step) < spanOf(rule, earlier))
        report(
          ['site', 'deadlines', index, step],
          `the time for ${step} is shorter than that for ${earlier}`,
        );
    }
    const ground = rule.place ?? place;
    if (!ground.startsWith(place) && !place.startsWith(ground))
      report(['site', 'deadlines', index, 'place'], `'${ground}' does not lie in the site's place ${place}`);
  }
};
