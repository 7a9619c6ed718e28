import type { ComponentChild } from 'preact';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ExportRegister } from '../exports/register/export-register.tsx';
import { session } from '../http/session-state.ts';
import { followSite } from '../http/site.ts';
import { CamerasPage } from '../pages/cameras/cameras-page.tsx';
import { section } from '../pages/cameras/chosen.ts';
import { ExplainTab } from '../pages/engineer/explain/explain-tab.tsx';
import { FalseAlarmTab } from '../pages/engineer/false-alarm-tab.tsx';
import { ModelTab } from '../pages/engineer/model-tab.tsx';
import { ThresholdTab } from '../pages/engineer/threshold-tab.tsx';
import { MapPage } from '../pages/map/map-page.tsx';
import { QueuePage } from '../pages/queue/queue-page.tsx';
import { FoundAlerts } from '../pages/search/found-alerts.tsx';
import { StatisticsPage } from '../pages/statistics/statistics-page.tsx';
import { AuditTab } from '../pages/system/audit/audit-tab.tsx';
import { BusTab } from '../pages/system/bus-tab.tsx';
import { FeedsTab } from '../pages/system/feeds/feeds-tab.tsx';
import { HealthTab } from '../pages/system/health-tab.tsx';
import { ReconciliationTab } from '../pages/system/reconciliation-tab.tsx';
import { StorageTab } from '../pages/system/storage-tab.tsx';
import { UsersTab } from '../pages/system/users/users-tab.tsx';
import { WallPage } from '../pages/wall/wall-page.tsx';
import { language } from '../words/language.ts';

const Cameras = () => {
  section.value = 'cameras';
  return <CamerasPage />;
};
const Scenarios = () => {
  section.value = 'scenarios';
  return <CamerasPage />;
};

const pages: readonly (readonly [string, () => ComponentChild])[] = [
  ['the queue', () => <QueuePage />],
  ['the wall', () => <WallPage />],
  ['the map', () => <MapPage />],
  ['the search', () => <FoundAlerts />],
  ['the exports', () => <ExportRegister />],
  ['the statistics', () => <StatisticsPage />],
  ['the cameras', () => <Cameras />],
  ['the scenarios', () => <Scenarios />],
  ['the explanation', () => <ExplainTab />],
  ['the false alarms', () => <FalseAlarmTab />],
  ['the models', () => <ModelTab />],
  ['the thresholds', () => <ThresholdTab />],
  ['the health', () => <HealthTab />],
  ['the bus', () => <BusTab />],
  ['the feeds', () => <FeedsTab />],
  ['the storage', () => <StorageTab />],
  ['the reconciliation', () => <ReconciliationTab />],
  ['the users', () => <UsersTab />],
  ['the audit log', () => <AuditTab />],
];

/** What any page says when there is nothing. */
const claims =
  /there is no (?:camera|other|township)|there are no|no open alerts?|nothing like that|nothing is open|0 open|no alerts|all is well|no record/i;
const stops: (() => void)[] = [];

beforeEach(() => {
  language.value = 'en';
  session.value = { id: 'local', ground: '', roles: [], rights: [], isOpen: true };
});

afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.unstubAllGlobals();
});

const shown = async (page: ComponentChild, answer: (path: string) => Promise<Response>) => {
  vi.stubGlobal('fetch', (path: string) => answer(new URL(path, 'http://site').pathname));
  const root = document.createElement('div');
  document.body.append(root);
  stops.push(() => {
    render(null, root);
    root.remove();
  });
  await act(async () => {
    stops.push(followSite());
    render(<LocationProvider>{page}</LocationProvider>, root);
    await Promise.resolve();
  });
  return root;
};

const zeros = { total: 0, live: 0, connecting: 0, waiting: 0, lost: 0, off: 0, unknown: 0 };
const answers: Readonly<Record<string, unknown>> = {
  '/api/v1/health': {
    ...{ state: 'ok', problems: [], at: 1000, systemAlerts: [], roles: [], cameras: zeros },
    bus: { isConnected: true },
    history: {
      ...{ backend: 'embedded', isReachable: true, isFull: false, sizeBytes: 0, quotaBytes: 1 },
      ...{ damagedParts: 0, lastSequence: 0 },
    },
  },
  '/api/v1/map': { marks: [] },
  '/api/v1/cameras/positions': {
    ...{ ids: [], names: [], places: [], longitudes: [], latitudes: [], states: [], unusable: [], awake: [] },
  },
  '/api/v1/statistics/legend': { scenarios: [], cameras: [], deadlines: [] },
  '/api/v1/bus': { streams: [], subscribers: [] },
};

/** A site that is there and in which there is nothing. */
const nothing = async (path: string): Promise<Response> =>
  path === '/metrics' ? new Response('') : Response.json(answers[path] ?? { items: [] });
const hanging = (): Promise<Response> => new Promise(() => undefined);
const broken = async (): Promise<Response> => {
  throw new TypeError('Failed to fetch');
};
const refusing = async (): Promise<Response> =>
  Response.json({ code: 'history-down', kind: 'unavailable', message: 'no' }, { status: 503 });

// In this order: what a page has known once it goes on showing.
describe('while nothing has been answered yet', () => {
  test.each(pages)('%s says that it is loading, and claims nothing', async (_, page) => {
    const root = await shown(page(), hanging);

    expect(root.textContent).toMatch(/loading/i);
    expect(root.textContent).not.toMatch(claims);
  });
});

describe.each([
  ['cannot be reached', broken],
  ['refuses', refusing],
] as const)('when the site %s', (_, answer) => {
  test.each(pages)(
    '%s says so and how to try again, and neither loads for ever nor claims anything',
    async (__, page) => {
      const root = await shown(page(), answer);

      await vi.waitFor(() => {
        const buttons = [...root.querySelectorAll('[role=alert] button')].map((one) => one.textContent);
        expect(buttons).toContain('Try again');
        expect(root.textContent).not.toMatch(/loading/i);
      });
      expect(root.textContent).not.toMatch(claims);
    },
  );
});

describe('once the site has answered that there is nothing', () => {
  const figures = ['the statistics', 'the reconciliation']; // their answers are not lists
  test.each(pages.filter(([name]) => !figures.includes(name)))(
    '%s neither loads nor complains',
    async (_, page) => {
      const root = await shown(page(), nothing);

      await vi.waitFor(() => {
        expect(root.textContent).not.toMatch(/loading/i);
        expect(root.querySelector('[role=alert]')?.textContent ?? '').toBe('');
      });
    },
  );

  test('the wall and the list of cameras say so', async () => {
    expect((await shown(<WallPage />, nothing)).textContent).toMatch(/no camera in your ground/);
    const list = await shown(<Cameras />, nothing);
    await vi.waitFor(() => expect(list.textContent).toMatch(/nothing like that/i));
  });

  test('the queue whose list cannot be had any more says that, and not that there is nothing', async () => {
    const root = await shown(<QueuePage />, refusing);

    await vi.waitFor(() => expect(root.querySelector('.queue-head [role=alert] button')).not.toBeNull());
    expect(root.textContent).not.toMatch(/no open alert|nothing is open/i);
  });
});
