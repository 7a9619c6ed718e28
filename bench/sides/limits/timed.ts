/** Microseconds of CPU that this process has used. */
export const cpuUs = (): number => {
  const { user, system } = process.cpuUsage();
  return user + system;
};

/** CPU milliseconds for one of the things that `work` says it did, over all items at least once. */
export const timed = <Item>(items: readonly Item[], work: (item: Item) => number): number => {
  const [first] = items;
  if (first !== undefined) work(first); // caches and code warm
  const startedAt = cpuUs();
  let done = 0;
  for (const item of items) done += work(item);
  return (cpuUs() - startedAt) / 1000 / done;
};
