const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people say them, in steps of 1024: `1.6 MB`, `10 GB`. */
export const saySize = (bytes: number): string => {
  let value = Math.max(0, bytes);
  let step = 0;
  while (value >= 1000 && step < units.length - 1) {
    value /= 1024;
    step++;
  }
  const digits = step > 0 && value < 9.95 ? 1 : 0;
  return `${Number(value.toFixed(digits))} ${units[step]}`;
};

/** `12 %`; what is there but rounds to nothing is `<1 %`. */
export const sayShare = (share: number): string =>
  share > 0 && share < 0.01 ? '<1 %' : `${Math.round(share * 100)} %`;
