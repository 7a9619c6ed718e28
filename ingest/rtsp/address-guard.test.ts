import { expect, test } from 'vitest';
import type { Resolve } from '../../core/ip-address.ts';
import { AddressGuard, parseNetworks } from './address-guard.ts';

const names = new Map([
  ['camera.example', ['10.1.2.3']],
  ['both.example', ['10.1.2.3', '127.0.0.1']],
  ['six.example', ['fd00:7::9']],
  ['mapped.example', ['::ffff:127.0.0.1']],
  ['nothing.example', []],
]);

const resolve: Resolve = async (host) => {
  const found = names.get(host);
  if (!found) throw new Error(`getaddrinfo ENOTFOUND ${host}`);
  return found;
};

const guard = new AddressGuard({ allowedNetworks: ['10.0.0.0/8', '192.168.7.4', 'fd00:7::/32'], resolve });

test.each([
  ['rtsp://10.1.2.3/live', 'rtsp://10.1.2.3:554/live'],
  ['rtsp://10.1.2.3:8554', 'rtsp://10.1.2.3:8554'],
  ['RTSP://camera.example/a/b?channel=1', 'rtsp://10.1.2.3:554/a/b?channel=1'],
  ['rtsps://192.168.7.4/x', 'rtsps://192.168.7.4:322/x'],
  ['rtsp://six.example/x', 'rtsp://[fd00:7::9]:554/x'],
  ['rtsp://[fd00:7::9]:8554/x', 'rtsp://[fd00:7::9]:8554/x'],
  ['rtsp://[::ffff:10.1.2.3]/x', 'rtsp://10.1.2.3:554/x'],
  ['rtsp://10.1.2.3/cam@1', 'rtsp://10.1.2.3:554/cam@1'],
])('pins %s to the address it was checked at', async (url, pinned) => {
  expect(await guard.pin(url)).toMatchObject({ url: pinned });
});

test.each([
  ['rtsp://127.0.0.1/x', 'none of the site'],
  ['rtsp://192.168.7.5/x', 'none of the site'],
  ['rtsp://169.254.169.254/x', 'none of the site'],
  ['rtsp://[::1]/x', 'none of the site'],
  ['rtsp://[::ffff:127.0.0.1]/x', 'none of the site'],
  ['rtsp://[::ffff:7f00:1]/x', 'none of the site'],
  ['rtsp://both.example/x', 'none of the site'],
  ['rtsp://mapped.example/x', 'none of the site'],
  ['http://10.1.2.3/x', 'only rtsp'],
  ['file:///etc/passwd', 'only rtsp'],
  ['-i', 'not a URL'],
  ['-rtsp://10.1.2.3/x', 'not a URL'],
  ['rtsp://10.1.2.3/x y', 'not a URL'],
  ['rtsp://10.1.2.3\\@127.0.0.1/', 'not a URL'],
  ['rtsp://10.1.2.3/\r\nSETUP', 'not a URL'],
  ['rtsp://user:hunter2@10.1.2.3/x', 'user name or password'],
  ['rtsp://@10.1.2.3/x', 'user name or password'],
  ['rtsp://10.1.2.3:0/x', 'port'],
  ['rtsp:///x', 'neither a name nor an IP address'],
  ['rtsp://%31%30.1.2.3/x', 'neither a name nor an IP address'],
  ['rtsp://-oProxy/x', 'neither a name nor an IP address'],
])('refuses %s', async (url, reason) => {
  const pinned = guard.pin(url);

  await expect(pinned).rejects.toMatchObject({ code: 'stream-address-forbidden' });
  await expect(pinned).rejects.toThrow(reason);
  await expect(pinned).rejects.not.toThrow('hunter2');
});

test.each(['rtsp://unknown.example/x', 'rtsp://nothing.example/x'])(
  'tells that %s leads nowhere',
  async (url) => {
    await expect(guard.pin(url)).rejects.toMatchObject({ code: 'stream-unreachable' });
  },
);

test('allows nothing without networks', async () => {
  const closed = new AddressGuard({ allowedNetworks: [], resolve });

  await expect(closed.pin('rtsp://10.1.2.3/x')).rejects.toMatchObject({ code: 'stream-address-forbidden' });
});

test.each(['10.0.0.0/33', 'fd00::/129', 'camera.example', '', '10.0.0.0/8/8', '1.2.3'])(
  "refuses '%s' as a network",
  (network) => {
    expect(() => parseNetworks([network])).toThrow(`'${network}' is not a network`);
  },
);

test('never pins to an address outside the networks, whatever the URL looks like', async () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  let state = seed;
  const random = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return state % below;
  };
  const pieces =
    'rtsp|:|//|/|@|10.1.2.3|127.0.0.1|[::1]|::ffff:|both.example|camera.example|0x7f|%40|\\|?|#|8554|\n| |é|.|-';
  const alphabet = pieces.split('|');

  for (let round = 0; round < 5000; round++) {
    const tail = Array.from({ length: random(7) }, () => alphabet[random(alphabet.length)]).join('');
    const url = random(4) === 0 ? tail : `rtsp://${tail}`;
    const pinned = await guard.pin(url).catch((error: unknown) => error);
    if (pinned instanceof Error) {
      const codes = ['stream-address-forbidden', 'stream-unreachable'];
      expect(codes, `seed ${seed}: ${url}`).toContain(Reflect.get(pinned, 'code'));
    } else {
      expect(pinned, `seed ${seed}: ${url}`).toMatchObject({ address: '10.1.2.3' });
      expect(Reflect.get(pinned as object, 'url'), `seed ${seed}: ${url}`).toMatch(
        /^rtsp:\/\/10\.1\.2\.3:\d+/,
      );
    }
  }
});

test.each(['64:ff9b::a00:1', '64:ff9b:1::a00:1', '2002:a00:1::1', '2001:0:4136:e378:8000:63bf:f5ff:fffe'])(
  'regression: %s, which leads to 10.0.0.1, is allowed only where that is',
  (address) => {
    expect(new AddressGuard({ allowedNetworks: ['::/0'] }).isAllowed(address)).toBe(false);
    expect(new AddressGuard({ allowedNetworks: ['::/0', '10.0.0.0/8'] }).isAllowed(address)).toBe(true);
  },
);
