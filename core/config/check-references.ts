import { BlockList, isIP } from 'node:net';
import type { Camera } from '../schema/camera.ts';
import type { Site } from '../schema/site.ts';
import { checkAnswers } from './check-answers.ts';
import { checkDeadlines } from './check-deadlines.ts';
import { checkMap } from './check-map.ts';
import { checkScenario } from './check-scenario.ts';
import { checkServices } from './check-services.ts';
import { checkUrl } from './check-url.ts';
import { optionalSections } from './optional-sections.ts';
import type { DocumentPath } from './problem.ts';
import type { Report } from './read-site.ts';

/** Checks what the schemas cannot: that names are unique and lead somewhere, and that values make sense together. */
export const checkReferences = (site: Site, report: Report): void => {
  checkSettings(site, report);
  checkUnique(site, report);
  checkPlaces(site, report);
  checkPeople(site, report);
  for (const [index, camera] of site.cameras.entries()) checkCamera(camera, ['cameras', index], site, report);
  for (const [index, scenario] of site.scenarios.entries()) {
    checkScenario(scenario, ['scenarios', index], site, report);
  }
  checkServices(site, report);
};

const checkSettings = ({ site }: Site, report: Report): void => {
  for (const [index, network] of site.allowedNetworks.entries()) {
    if (!isNetwork(network)) {
      report(
        ['site', 'allowedNetworks', index],
        `'${network}' is not a network such as 192.168.1.0/24 or fd00::/8`,
      );
    }
  }
  if (site.timezone !== undefined && !isTimezone(site.timezone)) {
    report(['site', 'timezone'], `'${site.timezone}' is not a time zone such as Asia/Shanghai`);
  }
  checkDeadlines(site, report);
  checkAnswers({ site }, report);
  checkMap({ site }, report);
};

/** Whether a text is `address/bits`. */
export const isNetwork = (text: string): boolean => {
  const [address = '', bits = '', ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128))
    return false;
  new BlockList().addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return true;
};

const isTimezone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

const checkUnique = (site: Site, report: Report): void => {
  const lists: [string, readonly { id: string }[]][] = [
    ['cameras', site.cameras],
    ['scenarios', site.scenarios],
    ...optionalSections.map((section): [string, readonly { id: string }[]] => [section, site[section] ?? []]),
    ['places', site.places.map(({ code }) => ({ id: code }))],
  ];
  for (const [section, items] of lists) {
    const firstAt = new Map<string, number>();
    for (const [index, { id }] of items.entries()) {
      const first = firstAt.get(id);
      const key = section === 'places' ? 'code' : 'id';
      if (first !== undefined)
        report([section, index, key], `'${id}' is already the ${key} of ${section}[${first}]`);
      else firstAt.set(id, index);
    }
  }
};

/** The provinces of GB/T 2260, by their two digits. Below them codes change every year, so only these are checked. */
const provinces: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82'.split(
    ' ',
  ),
);

const checkPlaces = (site: Site, report: Report): void => {
  for (const [index, { code }] of site.places.entries()) {
    if (!provinces.has(code.slice(0, 2))) {
      report(
        ['places', index, 'code'],
        `division code '${code}' begins with ${code.slice(0, 2)}, which is no province`,
      );
    }
    if (!code.startsWith(site.site.place)) {
      report(['places', index, 'code'], `'${code}' does not lie in the site's own place ${site.site.place}`);
    }
  }
};

/** Whoever can be sent, and where they are sent from. */
const checkPeople = (site: Site, report: Report): void => {
  const places = new Set(site.places.map(({ code }) => code));
  for (const section of ['responders', 'monitoringPoints', 'loudspeakers'] as const) {
    for (const [index, { place }] of (site[section] ?? []).entries()) {
      if (!places.has(place))
        report([section, index, 'place'], `division code '${place}' is not among the site's places`);
    }
  }
  for (const [index, { webhook }] of (site.responders ?? []).entries()) {
    if (webhook !== undefined && !site.webhooks?.some(({ id }) => id === webhook))
      report(['responders', index, 'webhook'], `there is no webhook '${webhook}'; write it under webhooks`);
  }
};

const checkCamera = (camera: Camera, path: DocumentPath, site: Site, report: Report): void => {
  if (!site.places.some(({ code }) => code === camera.place)) {
    report(
      [...path, 'place'],
      `division code '${camera.place}' is not among the site's places; add it there or correct it`,
    );
  }
  if (camera.gbCode !== undefined && !camera.gbCode.startsWith(camera.place.slice(0, 6))) {
    report(
      [...path, 'gbCode'],
      `'${camera.gbCode}' begins with another county than the camera's place ${camera.place}`,
    );
  }
  checkUrl(camera.stream.url, streamAddress, [...path, 'stream', 'url'], report);
  checkDrawings(camera, path, report);
};

const streamAddress = {
  schemes: ['rtsp', 'rtsps'],
  secretsBelong: "take the query out and put it under 'query' in the secrets file",
};

/** What is drawn over a camera's picture. */
const checkDrawings = (
  { zones = [], lines = [], masks = [] }: Camera,
  path: DocumentPath,
  report: Report,
): void => {
  for (const [section, drawings] of Object.entries({ zones, lines, masks })) {
    const seen = new Set<string>();
    for (const [index, { id }] of drawings.entries()) {
      const word = section.slice(0, -1);
      if (seen.has(id)) report([...path, section, index, 'id'], `this camera already has a ${word} '${id}'`);
      seen.add(id);
    }
  }
  for (const [section, areas] of Object.entries({ zones, masks })) {
    for (const [index, { polygon }] of areas.entries()) {
      if (areaOf(polygon) < 1e-5)
        report(
          [...path, section, index, 'polygon'],
          'the polygon encloses nothing; give corners around an area',
        );
    }
  }
  for (const [index, { points }] of lines.entries()) {
    if (points.every(([x, y]) => x === points[0]?.[0] && y === points[0]?.[1]))
      report([...path, 'lines', index, 'points'], 'all points are the same; a line needs two different ones');
  }
};

/** Shoelace formula; shares of the picture. */
const areaOf = (polygon: readonly (readonly [number, number])[]): number =>
  Math.abs(
    polygon.reduce((sum, [x, y], index) => {
      const [nextX, nextY] = polygon[(index + 1) % polygon.length] ?? [x, y];
      return sum + x * nextY - nextX * y;
    }, 0),
  ) / 2;
