import { inOrder, spanOf } from '../../core/deadlines.ts';
import type { SiteSettings } from '../../core/schema/site.ts';
import type { ResponseRule } from '../history/index.ts';

/** The site's deadlines as the history takes them; undefined where the site has none. */
export const toResponseRules = ({ deadlines = [] }: SiteSettings): ResponseRule[] | undefined =>
  deadlines.length === 0
    ? undefined
    : inOrder(deadlines).map((rule) => ({
        place: rule.place ?? '',
        severities: rule.severities ?? [],
        deadlinesMs: {
          acknowledged: spanOf(rule, 'acknowledge'),
          dispatched: 0,
          onScene: spanOf(rule, 'onScene'),
          resolved: spanOf(rule, 'disposition'),
        },
      }));
