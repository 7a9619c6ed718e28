import { may } from '../../http/session-state.ts';
import { type Tab, Tabs, useTab } from '../../parts/tabs.tsx';
import { ExplainTab } from './explain/explain-tab.tsx';
import { FalseAlarmTab } from './false-alarm-tab.tsx';
import { ModelTab } from './model-tab.tsx';
import { ThresholdTab } from './threshold-tab.tsx';
import { word } from './words.ts';
import '../../theme/sections.css';
import './engineer.css';

const bodies = {
  explain: ExplainTab,
  falseAlarms: FalseAlarmTab,
  models: ModelTab,
  thresholds: ThresholdTab,
} as const;
type Name = keyof typeof bodies;

/** What whoever is signed in may look at. */
const tabsFor = (): Tab<Name>[] => {
  const names: Name[] = [
    'explain',
    ...(may('alerts.read') ? (['falseAlarms'] as const) : []),
    ...(may('system.read') ? (['models', 'thresholds'] as const) : []),
  ];
  return names.map((name) => ({ name, title: word(name) }));
};

/** 调优: why a camera is silent or loud, and what the model and its thresholds are worth. */
export const EngineerPage = () => {
  const tabs = tabsFor();
  const chosen = useTab(tabs);
  const Body = chosen && bodies[chosen];
  return (
    <div class="tabbed">
      <Tabs label={word('title')} path="/engineer" {...{ tabs, chosen }} />
      <div class="tabbed-body">{Body && <Body />}</div>
    </div>
  );
};
