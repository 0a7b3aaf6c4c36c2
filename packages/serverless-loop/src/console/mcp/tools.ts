import { CONSOLE_ENDPOINTS } from '../endpoints/table.ts';

/** A tool: an endpoint of the console's API under a name that says what it does. */
interface ToolDescription {
  endpoint: keyof typeof CONSOLE_ENDPOINTS;
  /** Something is gone afterwards. */
  destroys?: true;
}

/** The names are verbs, as the library's own documentation has them. What reads comes first. */
export const MCP_TOOLS: Readonly<Record<string, ToolDescription>> = {
  list_resources: { endpoint: 'GET /_loop/system' },
  describe_resource: { endpoint: 'GET /_loop/resource' },
  list_functions: { endpoint: 'GET /_loop/functions' },
  list_facts: { endpoint: 'GET /_loop/facts' },
  list_events: { endpoint: 'GET /_loop/events' },
  explain_event: { endpoint: 'GET /_loop/event' },
  test_pattern: { endpoint: 'POST /_loop/explain' },
  list_invocations: { endpoint: 'GET /_loop/invocations' },
  describe_invocation: { endpoint: 'GET /_loop/invocation' },
  describe_trace: { endpoint: 'GET /_loop/trace' },
  read_logs: { endpoint: 'GET /_loop/logs' },
  list_tables: { endpoint: 'GET /_loop/tables' },
  read_items: { endpoint: 'GET /_loop/items' },
  list_queues: { endpoint: 'GET /_loop/queues' },
  read_queue: { endpoint: 'GET /_loop/queue' },
  list_topics: { endpoint: 'GET /_loop/topics' },
  list_parameters: { endpoint: 'GET /_loop/parameters' },
  list_objects: { endpoint: 'GET /_loop/objects' },
  read_object: { endpoint: 'GET /_loop/object' },
  list_alarms: { endpoint: 'GET /_loop/alarms' },
  list_metrics: { endpoint: 'GET /_loop/metrics' },
  query_metrics: { endpoint: 'POST /_loop/metrics/query' },
  list_apis: { endpoint: 'GET /_loop/apis' },
  list_schedules: { endpoint: 'GET /_loop/schedules' },
  list_executions: { endpoint: 'GET /_loop/executions' },
  describe_execution: { endpoint: 'GET /_loop/execution' },
  list_faults: { endpoint: 'GET /_loop/faults' },
  tell_time: { endpoint: 'GET /_loop/time' },
  invoke_function: { endpoint: 'POST /_loop/invoke' },
  put_event: { endpoint: 'POST /_loop/events' },
  send_request: { endpoint: 'POST /_loop/request' },
  send_message: { endpoint: 'POST /_loop/queue/send' },
  redrive_queue: { endpoint: 'POST /_loop/queue/redrive' },
  delete_message: { endpoint: 'POST /_loop/queue/delete', destroys: true },
  purge_queue: { endpoint: 'POST /_loop/queue/purge', destroys: true },
  put_item: { endpoint: 'POST /_loop/item/put', destroys: true },
  delete_item: { endpoint: 'POST /_loop/item/delete', destroys: true },
  fire_schedule: { endpoint: 'POST /_loop/schedule/fire' },
  start_execution: { endpoint: 'POST /_loop/execution/start' },
  set_fault: { endpoint: 'POST /_loop/faults' },
  remove_faults: { endpoint: 'POST /_loop/faults/remove' },
  advance_time: { endpoint: 'POST /_loop/time/advance' },
  call_aws: { endpoint: 'POST /_loop/call', destroys: true },
  reset_loop: { endpoint: 'POST /_loop/reset', destroys: true },
};

export function endpointOf(name: string) {
  const tool = Object.hasOwn(MCP_TOOLS, name) ? MCP_TOOLS[name] : undefined;
  return tool && CONSOLE_ENDPOINTS[tool.endpoint];
}
