import { Empty } from '../../parts/notice.tsx';

export function NoLogs({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <Empty title="No line fits">
        <p class="quiet">Another filter, or Lambda’s own lines, may show what you look for.</p>
      </Empty>
    );
  return (
    <Empty title="No log lines yet">
      <p>What functions write is shown here as it comes.</p>
      <a class="button" href="#/do">
        Invoke a function
      </a>
    </Empty>
  );
}
