import { historyError } from './errors.ts';

/**
 * Takes user name and password out of the URL, so that nothing that shows the URL shows them. A path is refused: an
 * unencoded `/` or `@` in a password would make its rest a host and a path, to be shown and connected to.
 */
export const parseServerUrl = (text: string): { endpoint: string; username: string; password: string } => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isHttp = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (!url || !isHttp || url.pathname !== '/' || url.search !== '') {
    throw historyError(
      'history-settings-invalid',
      'XUELIANG_CLICKHOUSE_URL is not of the form http(s)://user:password@host:8123; ' +
        'write @ / : and % in a password as %40 %2F %3A and %25, and give no path',
    );
  }
  return {
    endpoint: url.origin,
    username: decodeURIComponent(url.username) || 'default',
    password: decodeURIComponent(url.password),
  };
};
