/** The names under which this machine reaches itself; nothing else counts, whatever it resolves to. */
const loopbackNames: ReadonlySet<string> = new Set(['127.0.0.1', '::1', 'localhost']);

/** Whether an address to listen on can be reached from this machine alone. */
export const isLoopbackHost = (host: string): boolean => loopbackNames.has(host);

/**
 * Whether a `Host` header names this machine. A page on the web can let its own name resolve to 127.0.0.1 (DNS
 * rebinding); its requests carry that name.
 */
export const isLoopbackHostHeader = (header: string | undefined): boolean => {
  const name = /^(?:\[([0-9a-f:]+)\]|([^:[\]]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return isLoopbackHost((name?.[1] ?? name?.[2] ?? '').toLowerCase());
};
