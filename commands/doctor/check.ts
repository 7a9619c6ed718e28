/** One thing that `doctor` looked at. */
export interface CheckResult {
  name: string;
  state: 'ok' | 'warn' | 'fail';
  found: string;
  /** What to do about it; absent when all is well. */
  remedy?: string;
}

export type Check = () => Promise<CheckResult>;

export const ok = (name: string, found: string): CheckResult => ({ name, state: 'ok', found });
export const warn = (name: string, found: string, remedy: string): CheckResult => ({
  name,
  state: 'warn',
  found,
  remedy,
});
export const fail = (name: string, found: string, remedy: string): CheckResult => ({
  name,
  state: 'fail',
  found,
  remedy,
});

/** A check that throws has failed, with the error's own words. */
export const runCheck = async (name: string, remedy: string, check: Check): Promise<CheckResult> => {
  try {
    return await check();
  } catch (error) {
    return fail(
      name,
      error instanceof Error ? (error.message.split('\n')[0] ?? 'failed') : String(error),
      remedy,
    );
  }
};
