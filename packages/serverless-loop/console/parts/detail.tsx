import { useConsole } from '../app/context.ts';
import { type ComponentChildren, useEffect, useRef } from '../preact.ts';
import { closedAddress } from '../state/address.ts';

/** The panel of what is opened. The focus goes to its heading, and back to the row when it is closed. */
export function Detail({
  title,
  subtitle,
  children,
}: {
  title: ComponentChildren;
  subtitle?: ComponentChildren;
  children: ComponentChildren;
}) {
  const { address, go } = useConsole();
  const heading = useRef<HTMLHeadingElement>(null);
  const opened = address.opened.join('/');
  // Another thing that is opened takes the focus anew.
  useEffect(() => {
    if (!heading.current?.closest('.detail')?.contains(document.activeElement)) heading.current?.focus();
  }, [opened]);
  return (
    <aside class="detail" aria-label="Opened">
      <div class="detail-head">
        <div>
          <h2 ref={heading} tabIndex={-1}>
            {title}
          </h2>
          {subtitle !== undefined && <div class="quiet small">{subtitle}</div>}
        </div>
        <button type="button" onClick={() => go(closedAddress(address) ?? address)}>
          Close
        </button>
      </div>
      <div class="detail-body">{children}</div>
    </aside>
  );
}

export function Section({
  title,
  level = 3,
  aside,
  children,
}: {
  title: string;
  /** Of its heading: 3 below what is opened, 2 in a view of its own. */
  level?: 2 | 3;
  aside?: ComponentChildren;
  children: ComponentChildren;
}) {
  return (
    <section aria-label={title}>
      <div class="section-head">
        {level === 2 ? <h2 class="section-title">{title}</h2> : <h3>{title}</h3>}
        {aside}
      </div>
      {children}
    </section>
  );
}

/** Names with their values. */
export function Members({ of }: { of: readonly (readonly [string, ComponentChildren])[] }) {
  return (
    <dl class="members">
      {of.map(([name, value]) => (
        <>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </>
      ))}
    </dl>
  );
}
