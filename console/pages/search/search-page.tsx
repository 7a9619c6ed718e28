import { ExportRegister, useWaitingExports } from '../../exports/register/export-register.tsx';
import { word as exportWord } from '../../exports/words.ts';
import { may, signedIn } from '../../http/session-state.ts';
import { type Tab, Tabs, useTab } from '../../parts/tabs.tsx';
import { FoundAlerts } from './found-alerts.tsx';
import { word } from './words.ts';
import '../../theme/sections.css';

const bodies = { search: FoundAlerts, exports: ExportRegister } as const;
type Name = keyof typeof bodies;

/** 检索: alerts over months, and what was asked to be let out of them. */
export const SearchPage = () => {
  const waiting = useWaitingExports(may('exports.approve'), signedIn.value?.id ?? '');
  const tabs: Tab<Name>[] = [
    { name: 'search', title: word('title') },
    { name: 'exports', title: exportWord('register'), count: waiting },
  ];
  const chosen = useTab(tabs) ?? 'search';
  if (!may('exports.ask')) return <FoundAlerts />;
  const Body = bodies[chosen];
  return (
    <div class="search-page">
      <Tabs label={word('title')} path="/search" {...{ tabs, chosen }} />
      <div class={chosen === 'exports' ? 'tabbed-body' : ''}>
        <Body />
      </div>
    </div>
  );
};
