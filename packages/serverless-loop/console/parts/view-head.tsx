import { useConsole } from '../app/context.ts';
import { type ComponentChildren, useEffect, useRef, useState } from '../preact.ts';

/** The heading of a view, with its filter and what can be done in all of it. */
export function ViewHead({
  title,
  summary,
  placeholder,
  children,
}: {
  title: string;
  summary?: ComponentChildren;
  /** Of the filter; a view without one has none. */
  placeholder?: string;
  children?: ComponentChildren;
}) {
  return (
    <header class="view-head">
      <h1>{title}</h1>
      <span class="quiet">{summary}</span>
      {placeholder !== undefined && <FilterField placeholder={placeholder} />}
      {children !== undefined && <div class="view-actions">{children}</div>}
    </header>
  );
}

/** Milliseconds after the last letter until the address has the filter: a browser refuses to change it too often. */
const SETTLED_MS = 150;

function FilterField({ placeholder }: { placeholder: string }) {
  const { address, filter } = useConsole();
  const [typed, setTyped] = useState(address.filter);
  const told = useRef(address.filter);
  // An address from elsewhere, such as back: not the one that was typed here.
  useEffect(() => {
    if (told.current === address.filter) return;
    told.current = address.filter;
    setTyped(address.filter);
  }, [address.filter]);
  useEffect(() => {
    if (typed === told.current) return;
    const timer = setTimeout(() => {
      told.current = typed;
      filter(typed);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [typed, filter]);
  return (
    <search class="filter">
      <input
        id="filter"
        type="search"
        aria-label="Filter"
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      />
    </search>
  );
}
