import type { Site } from '../schema/site.ts';
import { checkSchedule } from './check-scenario.ts';
import { checkUrl } from './check-url.ts';
import type { DocumentPath } from './problem.ts';
import type { Report } from './read-site.ts';

const serviceAddress = {
  schemes: ['https', 'http'],
  secretsBelong: "take it out and name an entry of the secrets file under 'credentials'",
};

/** Checks loudspeakers, webhooks, the auditor's too, upstreams and subscribers: where they lead, and whose they are. */
export const checkServices = (site: Site, report: Report): void => {
  for (const [index, { gateway, recordings, quietHours = [] }] of (site.loudspeakers ?? []).entries()) {
    const path: DocumentPath = ['loudspeakers', index];
    checkUrl(gateway.url, serviceAddress, [...path, 'gateway', 'url'], report);
    checkSchedule(quietHours, [...path, 'quietHours'], site, report);
    const ids = recordings.map(({ id }) => id);
    for (const [which, id] of ids.entries()) {
      if (ids.indexOf(id) < which)
        report([...path, 'recordings', which, 'id'], `this loudspeaker already has a recording '${id}'`);
    }
  }
  for (const section of ['webhooks', 'upstreams'] as const) {
    for (const [index, { url, ground }] of (site[section] ?? []).entries()) {
      const path: DocumentPath = [section, index];
      checkUrl(url, serviceAddress, [...path, 'url'], report);
      checkGround(ground, [...path, 'ground'], site, report);
    }
  }
  const { auditAnchor } = site.site;
  if (auditAnchor) checkUrl(auditAnchor.url, serviceAddress, ['site', 'auditAnchor', 'url'], report);
  for (const [index, { feed, format }] of (site.webhooks ?? []).entries()) {
    if (format !== undefined && !feed)
      report(['webhooks', index, 'format'], "is of a feed, and this webhook has none; add 'feed: true'");
  }
  for (const [index, { ground }] of (site.subscribers ?? []).entries()) {
    checkGround(ground, ['subscribers', index, 'ground'], site, report);
  }
};

const checkGround = (ground: string, path: DocumentPath, { site }: Site, report: Report): void => {
  if (ground.startsWith(site.place) || site.place.startsWith(ground)) return;
  report(
    path,
    `'${ground}' has nothing in common with the site's own place ${site.place}; it would never be told anything`,
  );
};
