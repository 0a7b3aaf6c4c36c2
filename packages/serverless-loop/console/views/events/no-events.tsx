import { Empty } from '../../parts/notice.tsx';

export function NoEvents({ isFiltered }: { isFiltered: boolean }) {
  if (isFiltered)
    return (
      <Empty title="No event fits the filter">
        <p class="quiet">Escape leaves the field; an empty one shows all events again.</p>
      </Empty>
    );
  return (
    <Empty title="No events yet">
      <p>What is put on a bus is shown here, with what each rule made of it.</p>
      <div class="buttons">
        <a class="button" href="#/do">
          Invoke a function
        </a>
        <a class="button" href="#/events/new">
          Put an event
        </a>
      </div>
    </Empty>
  );
}
