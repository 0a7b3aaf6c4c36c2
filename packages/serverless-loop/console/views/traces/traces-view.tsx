import { ViewHead } from '../../parts/view-head.tsx';

export function TracesView() {
  return <ViewHead title="Traces" />;
}
