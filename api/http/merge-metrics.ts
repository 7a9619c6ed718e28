interface Family {
  comments: Set<string>;
  samples: string[];
}

/**
 * Joins the metric texts of several processes: one HELP and TYPE per family, its samples together, as Prometheus'
 * text format wants it. The samples differ by the role and instance that every process puts into its labels.
 */
export const mergeMetrics = (texts: readonly string[]): string => {
  const families = new Map<string, Family>();
  const family = (name: string): Family => {
    const found = families.get(name) ?? { comments: new Set(), samples: [] };
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
      } else if (line !== '' && !line.startsWith('#')) current.samples.push(line);
    }
  }
  const lines = [...families.values()].flatMap(({ comments, samples }) => [...comments, ...samples]);
  return `${lines.join('\n')}\n`;
};
