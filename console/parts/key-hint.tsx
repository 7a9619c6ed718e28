/** The key that does what stands beside it. */
export const KeyHint = ({ children }: { children: string }) => <kbd class="key-hint">{children}</kbd>;
