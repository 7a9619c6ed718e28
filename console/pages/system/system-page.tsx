import { may } from '../../http/session-state.ts';
import { health } from '../../http/site.ts';
import { type Tab, Tabs, useTab } from '../../parts/tabs.tsx';
import { AuditTab } from './audit/audit-tab.tsx';
import { BusTab } from './bus-tab.tsx';
import { FeedsTab } from './feeds/feeds-tab.tsx';
import { HealthTab } from './health-tab.tsx';
import { problemsOf } from './problems.ts';
import { ReconciliationTab } from './reconciliation-tab.tsx';
import { StorageTab } from './storage-tab.tsx';
import { UsersTab } from './users/users-tab.tsx';
import { word } from './words.ts';
import '../../theme/sections.css';
import './system.css';

const bodies = {
  health: HealthTab,
  bus: BusTab,
  feeds: FeedsTab,
  storage: StorageTab,
  reconciliation: ReconciliationTab,
  users: UsersTab,
  audit: AuditTab,
} as const;
type Name = keyof typeof bodies;

const systemTabs = ['health', 'bus', 'feeds', 'storage', 'reconciliation'] as const;

/** What whoever is signed in may look at. */
const tabsFor = (): Tab<Name>[] => {
  const count = health.value ? problemsOf(health.value).length : 0;
  const system = may('system.read')
    ? systemTabs.map((name) => ({ name, title: word(name), ...(name === 'health' ? { count } : {}) }))
    : [];
  const others = [
    ...(may('users.read') ? (['users'] as const) : []),
    ...(may('audit.read') ? (['audit'] as const) : []),
  ];
  return [...system, ...others.map((name) => ({ name, title: word(name) }))];
};

/** 系统: how the program fares, what it keeps, and who did what with it. */
export const SystemPage = () => {
  const tabs = tabsFor();
  const chosen = useTab(tabs);
  const Body = chosen && bodies[chosen];
  return (
    <div class="tabbed">
      <Tabs label={word('title')} path="/system" {...{ tabs, chosen }} />
      <div class="tabbed-body">{Body && <Body />}</div>
    </div>
  );
};
