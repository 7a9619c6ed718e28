/** Whether a subject is one of those that a NATS filter means: `*` is one token, `>` all that follow. */
export const matchesSubject = (subject: string, filter: string): boolean => {
  const given = subject.split('.');
  const wanted = filter.split('.');
  for (const [index, token] of wanted.entries()) {
    if (token === '>') return given.length > index;
    if (token !== '*' && token !== given[index]) return false;
  }
  return given.length === wanted.length;
};
