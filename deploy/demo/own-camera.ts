import { lookup } from 'node:dns/promises';
import { isIP, isIPv4 } from 'node:net';
import { demoError } from './errors.ts';
import type { DemoSource } from './simulated-town.ts';
import { createOwnSite } from './town.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** The user's own camera; its host alone is allowed. Throws `demo-camera-invalid`. */
export const openOwnCamera = async (address: string, variables: Variables): Promise<DemoSource> => {
  const url = parseAddress(address);
  const networks = await networksOf(url.hostname.replace(/^\[|\]$/g, ''));
  const user = variables['CAMERA_USER'];
  const password = variables['CAMERA_PASSWORD'];
  const hasCredentials = user !== undefined || password !== undefined;
  return {
    title: `own camera at ${url.host}`,
    site: createOwnSite(url.href, networks, hasCredentials),
    env: hasCredentials
      ? { XUELIANG_CAMERA_OWN_CAMERA_USER: user ?? '', XUELIANG_CAMERA_OWN_CAMERA_PASSWORD: password ?? '' }
      : {},
    close: async () => undefined,
  };
};

const parseAddress = (address: string): URL => {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !['rtsp:', 'rtsps:'].includes(url.protocol) || url.hostname === '') {
    throw demoError('demo-camera-invalid', 'CAMERA is not an RTSP address; write CAMERA=rtsp://host/path');
  }
  if (url.username !== '' || url.password !== '') {
    throw demoError(
      'demo-camera-invalid',
      'CAMERA holds a user name or password; take them out and set CAMERA_USER and CAMERA_PASSWORD',
    );
  }
  return url;
};

const networksOf = async (host: string): Promise<string[]> => {
  const addresses = isIP(host)
    ? [host]
    : await lookup(host, { all: true }).then(
        (found) => found.map(({ address }) => address),
        (cause: unknown) => {
          throw demoError(
            'demo-camera-invalid',
            `the host '${host}' of CAMERA is not known; check its name`,
            { cause },
          );
        },
      );
  return addresses.map((address) => `${address}/${isIPv4(address) ? 32 : 128}`);
};
