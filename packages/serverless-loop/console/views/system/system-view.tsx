import { ViewHead } from '../../parts/view-head.tsx';

export function SystemView() {
  return <ViewHead title="System" />;
}
