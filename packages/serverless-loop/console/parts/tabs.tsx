import { useConsole } from '../app/context.ts';
import { addressPart, type View } from '../state/address.ts';

/** A part of a view: its address, its name, and itself. */
export type Tab<Part = () => preact.JSX.Element> = readonly [address: string, name: string, part: Part];

/** The part of a view that is open; the first one where the address has none. */
export function openTab<Part>(
  tabs: readonly [Tab<Part>, ...Tab<Part>[]],
  opened: string | undefined,
): Tab<Part> {
  return tabs.find(([known]) => known === opened) ?? tabs[0];
}

/** The ways to the parts of a view. */
export function Tabs({
  label,
  tabs,
  open,
}: {
  label: string;
  tabs: readonly (readonly [address: string, name: string, ...unknown[]])[];
  open: string;
}) {
  const { view } = useConsole().address;
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map(([part, name]) => (
        <a key={part} href={tabAddress(view, part)} aria-current={part === open ? 'page' : undefined}>
          {name}
        </a>
      ))}
    </nav>
  );
}

function tabAddress(view: View, part: string): string {
  return part === '' ? `#/${view}` : `#/${view}/${addressPart(part)}`;
}
