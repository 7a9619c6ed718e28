import { expect, test } from 'vitest';
import { fullSiteYaml } from '../../test/fixtures/full-site.ts';
import { parseSite } from './read-site.ts';

/** The problems of the full site with one piece of its text replaced. */
const problemsWith = (from: string, to: string): string[] => {
  if (!fullSiteYaml.includes(from)) throw new RangeError(`the full site has no '${from}'`);
  return parseSite(fullSiteYaml.replace(from, to)).problems.map(({ path, message }) => `${path}: ${message}`);
};

const gateway = 'http://127.0.0.1:8090/commands';
const hook = 'https://platform.example/alerts';

test.each([
  [
    gateway,
    'ftp://127.0.0.1/',
    "loudspeakers[0].gateway.url: the scheme 'ftp' is not allowed; only https and http are",
  ],
  [gateway, 'somewhere', 'loudspeakers[0].gateway.url: not an address; write https://host[:port]/path'],
  [gateway, 'http://a:s3cret@127.0.0.1/', 'loudspeakers[0].gateway.url: holds a user name or password'],
  [
    hook,
    'https://platform.example/?token=s3cret',
    "webhooks[0].url: 'token' in its query looks like a secret",
  ],
  [hook, 'ws://platform.example/', "webhooks[0].url: the scheme 'ws' is not allowed"],
  [
    'timezone: Asia/Shanghai',
    'timezone: Asia/Shanghai\n  auditAnchor: {url: "https://a:s3cret@auditor.example/", credentials: auditor}',
    'site.auditAnchor.url: holds a user name or password',
  ],
  [
    'feed: true',
    'format: cloudevents',
    "webhooks[0].format: is of a feed, and this webhook has none; add 'feed: true'",
  ],
  ['feed: true', 'format: xml', 'webhooks[0].format: "xml" is not'],
  [
    'ground: "431103110"',
    'ground: "4401"',
    "webhooks[0].ground: '4401' has nothing in common with the site's own place",
  ],
  [
    'https://viid.example/',
    'https://a:s3cret@viid.example/',
    'upstreams[0].url: holds a user name or password',
  ],
  ['deviceId: "43110300005030000001"', 'deviceId: "1"', 'upstreams[0].deviceId: "1" is not a 20-digit'],
  [
    'name: 水塘喇叭\n    place: "431103110201"',
    'name: 水塘喇叭\n    place: "431103110299"',
    "loudspeakers[0].place: division code '431103110299' is not among the site's places",
  ],
  [
    '[{id: leave-water, name: 请离开水边}]',
    '[{id: leave-water, name: a}, {id: leave-water, name: b}]',
    "loudspeakers[0].recordings[1].id: this loudspeaker already has a recording 'leave-water'",
  ],
  [
    'device: H-17',
    'device: H-17\n    quietHours: [{days: [mon], from: "12:00", to: "14:00", only: [nowhere]}]',
    "loudspeakers[0].quietHours[0].only[0]: there is no calendar 'nowhere'",
  ],
  [
    'loudspeakers: [pond-horn]',
    'loudspeakers: [pond-horn, pond-horn]',
    "actions[0]: 'pond-horn' is named twice",
  ],
  [
    '- {do: webhook, webhook: platform}',
    '- {do: webhook, webhook: platform}\n      - {do: webhook, webhook: platform}',
    "actions[2]: 'platform' is named twice",
  ],
])('instead of %s does not take %s', (from, to, expected) => {
  const problems = problemsWith(from, to);

  expect(problems).toHaveLength(1);
  expect(problems[0]).toContain(expected);
  expect(problems[0]).not.toContain('s3cret');
});

test.each(['"4311"', '"431103110201"'])(
  'a webhook may be told of a part of the site, or of more: %s',
  (ground) => {
    expect(problemsWith('ground: "431103110"', `ground: ${ground}`)).toEqual([]);
  },
);
