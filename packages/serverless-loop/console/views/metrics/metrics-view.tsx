import { ViewHead } from '../../parts/view-head.tsx';

export function MetricsView() {
  return <ViewHead title="Metrics" />;
}
