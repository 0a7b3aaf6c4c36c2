import { ViewHead } from '../../parts/view-head.tsx';

export function DataBrowser() {
  return <ViewHead title="Data" />;
}
