import { ViewHead } from '../../parts/view-head.tsx';

export function DoView() {
  return <ViewHead title="Do" />;
}
