import type { ComponentChildren } from '../preact.ts';

/** An empty list, which says how it is filled. */
export function Empty({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="empty">
      <h2>{title}</h2>
      {children}
    </div>
  );
}

/** The loop's refusal, in its words. */
export function Problem({ text }: { text: string | undefined }) {
  if (text === undefined) return null;
  return (
    <p class="bad said" role="alert">
      {text.slice(0, 2_000)}
    </p>
  );
}

/** The place of what has not come yet. */
export function Waiting() {
  return <p class="quiet">Loading…</p>;
}
