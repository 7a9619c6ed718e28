/** Stands for what must not be read. */
export const veil = '***';

/** `//user:password@` before the host, also when the password holds an `@`. */
const userInfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i;
/** `password=…` in a query, and in paths as makers write them: `/user=admin_password=x_channel=1`. */
const namedSecret = /((?:user|pass|pwd|token|secret|auth|key|sign)[^=&;/?#]*)=[^&;/?#]*/gi;

/** An address without what looks like a user name, password or token in it; everything else stays. */
export const veilAddress = (address: string): string =>
  address.replace(userInfo, `$1${veil}@`).replaceAll(namedSecret, `$1=${veil}`);

const mapAddresses = (value: unknown, map: (address: string, path: string) => string, path = ''): unknown => {
  if (Array.isArray(value)) return value.map((item, index) => mapAddresses(item, map, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      const at = `${path}/${key}`;
      return [
        key,
        key === 'url' && typeof inner === 'string' ? map(inner, at) : mapAddresses(inner, map, at),
      ];
    }),
  );
};

/** A resource as it may be shown: credentials can be set, never read. */
export const veilResource = (value: unknown): unknown => mapAddresses(value, veilAddress);

/**
 * A resource that comes back as it was shown, with what was veiled put back from what is stored; an address that was
 * changed stays as it comes.
 */
export const unveilResource = (value: unknown, stored: unknown): unknown => {
  const kept = new Map<string, string>();
  mapAddresses(stored, (address, path) => {
    kept.set(path, address);
    return address;
  });
  return mapAddresses(value, (address, path) => {
    const before = kept.get(path);
    return before !== undefined && veilAddress(before) === address ? before : address;
  });
};
