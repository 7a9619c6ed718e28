import { type ConnectedBus, connectBus } from '../core/bus/connect-bus.ts';
import { openSiteStore } from '../core/bus/site-store.ts';
import { readSite } from '../core/config/read-site.ts';
import { fromResources } from '../core/config/site-document.ts';
import { createMetrics } from '../core/metrics.ts';
import { systemClock } from '../core/runtime/clock.ts';
import type { Site } from '../core/schema/site.ts';
import type { WhatIfReport, WhatIfRequest } from '../core/schema/what-if.ts';
import { findBusAddress } from './bus-address.ts';
import { type Command, type Invocation, textOption } from './command.ts';
import { askFolder } from './whatif/ask-folder.ts';
import { drawReport } from './whatif/draw-report.ts';
import { readWhatIfRequest, whatIfOptions } from './whatif/what-if-options.ts';

export const whatifCommand: Command = {
  summary: 'show which alerts other settings would have given',
  options: whatIfOptions,
  maxPositionals: 0,
  run: async (invocation) => {
    const request = readWhatIfRequest(invocation, systemClock.now());
    const report = await ask(invocation, request);
    invocation.print(report, drawReport(report).join('\n'));
    return 0;
  },
};

/** The running API owns the history; without one this process opens it. */
const ask = async (invocation: Invocation, request: WhatIfRequest): Promise<WhatIfReport> => {
  const file = textOption(invocation.values, 'site');
  if (file !== undefined) return askFolder(invocation, await readSite(file), request);
  const { environment, log } = invocation;
  const address = await findBusAddress(environment);
  const deps = { clock: systemClock, log, metrics: createMetrics() };
  const bus = await connectBus({ ...address, name: 'xueliang-cli', ...deps });
  try {
    const report = await bus.askWhatIf(request);
    return report ?? (await askFolder(invocation, await loadSite(bus), request));
  } finally {
    await bus.close();
  }
};

const loadSite = async (bus: ConnectedBus): Promise<Site> => {
  const resources = await (await openSiteStore(bus.nats)).load();
  return fromResources(new Map([...resources].map(([key, { value }]) => [key, value])));
};
