import { ViewHead } from '../../parts/view-head.tsx';

export function LogsView() {
  return <ViewHead title="Logs" />;
}
