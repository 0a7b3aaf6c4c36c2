import {
  benchCommand,
  growth,
  latency,
  memory,
  reload,
  rules,
  start,
  tables,
  throughput,
} from 'serverless-loop/bench';
import { bundle } from './figures/bundle.ts';

await benchCommand([start, latency, throughput, reload, growth, memory, tables, bundle, rules]);
