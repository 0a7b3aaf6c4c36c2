import type { View } from '../state/address.ts';
import { DataBrowser } from '../views/data/data-view.tsx';
import { DoView } from '../views/do/do-view.tsx';
import { EventsView } from '../views/events/events-view.tsx';
import { LogsView } from '../views/logs/logs-view.tsx';
import { MetricsView } from '../views/metrics/metrics-view.tsx';
import { SystemView } from '../views/system/system-view.tsx';
import { TracesView } from '../views/traces/traces-view.tsx';

export const VIEW_PARTS: Readonly<Record<View, { name: string; view: () => preact.JSX.Element }>> = {
  events: { name: 'Events', view: EventsView },
  traces: { name: 'Traces', view: TracesView },
  data: { name: 'Data', view: DataBrowser },
  logs: { name: 'Logs', view: LogsView },
  system: { name: 'System', view: SystemView },
  do: { name: 'Do', view: DoView },
  metrics: { name: 'Metrics', view: MetricsView },
};
