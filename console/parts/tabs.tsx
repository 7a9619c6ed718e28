import { useLocation } from 'preact-iso';

export interface Tab<Name extends string> {
  name: Name;
  title: string;
  /** How many things there want to be looked at. */
  count?: number;
}

/** The tab that the address names, else the first. */
export const useTab = <Name extends string>(tabs: readonly Tab<Name>[]): Name | undefined => {
  const { query } = useLocation();
  return (tabs.find(({ name }) => name === query['tab']) ?? tabs[0])?.name;
};

export interface TabsProps<Name extends string> {
  label: string;
  path: string;
  tabs: readonly Tab<Name>[];
  chosen: Name | undefined;
}

/** The parts of a page, one of which is shown; each has an address. */
export const Tabs = <Name extends string>({ label, path, tabs, chosen }: TabsProps<Name>) => (
  <nav class="tabs" aria-label={label}>
    {tabs.map(({ name, title, count = 0 }) => (
      <a key={name} href={`${path}?tab=${name}`} aria-current={name === chosen ? 'page' : undefined}>
        <span>{title}</span>
        {count > 0 && <strong class="tabs-count">{count}</strong>}
      </a>
    ))}
  </nav>
);
