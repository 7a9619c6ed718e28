interface Family {
  comments: Set<string>;
  /** By name and labels. */
  samples: Map<string, string>;
}

/** A sample's name and labels: all of its line but the value. */
const seriesOf = (sample: string): string => sample.slice(0, sample.lastIndexOf(' '));

/**
 * Joins the metric texts of several processes: one HELP and TYPE per family, its samples together, as Prometheus'
 * text format wants it. The samples differ by the role and instance that every process puts into its labels; where a process is
 * there twice, its first text counts.
 */
export const mergeMetrics = (texts: readonly string[]): string => {
  const families = new Map<string, Family>();
  const family = (name: string): Family => {
    const found = families.get(name) ?? { comments: new Set(), samples: new Map<string, string>() };
    families.set(name, found);
    return found;
  };
  for (const text of texts) {
    let current = family('');
    for (const line of text.split('\n')) {
      const named = /^# (HELP|TYPE) (\S+)/.exec(line);
      if (named) {
        current = family(named[2] ?? '');
        const isKnown = [...current.comments].some((comment) => comment.startsWith(`# ${named[1]} `));
        if (!isKnown) current.comments.add(line);
      } else if (line !== '' && !line.startsWith('#')) {
        const series = seriesOf(line);
        if (!current.samples.has(series)) current.samples.set(series, line);
      }
    }
  }
  const lines = [...families.values()].flatMap(({ comments, samples }) => [...comments, ...samples.values()]);
  return `${lines.join('\n')}\n`;
};
