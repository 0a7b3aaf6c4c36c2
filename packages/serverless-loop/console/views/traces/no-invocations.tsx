import { Empty } from '../../parts/notice.tsx';

export function NoInvocations({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered) return <Empty title="No request fits the filter" />;
  return (
    <Empty title="No function was invoked yet">
      <p>Each request to a function is shown here, with its attempts and its trace.</p>
      <a class="button" href="#/do">
        Invoke a function
      </a>
    </Empty>
  );
}
