// Figures for Prometheus. Each worker counts; whoever is asked adds them all up through the primary.
import cluster from 'node:cluster';
import { AggregatorRegistry, collectDefaultMetrics, Histogram, register } from 'prom-client';

// In development the module is evaluated anew at each change, the library is not.
register.clear();

/** Requests by method and status class. */
export const requests = new Histogram({
  name: 'huis_http_request_seconds',
  help: 'Duration of HTTP requests in seconds',
  labelNames: ['method', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
});

interface Question {
  huis: 'metrics?';
  id: number;
}
interface Answer {
  huis: 'metrics!';
  id: number;
  text: string;
}

function isMessage<T extends { huis: string }>(message: unknown, huis: T['huis']): message is T {
  return (
    typeof message === 'object' && message !== null && 'huis' in message && message.huis === huis
  );
}

/** In the primary: answers workers that ask for the sum. */
export function answerWorkers(): void {
  const sum = new AggregatorRegistry();
  cluster.on('message', (worker, message: unknown) => {
    if (!isMessage<Question>(message, 'metrics?')) return;
    void sum.clusterMetrics().then(
      (text) => worker.send({ huis: 'metrics!', id: message.id, text } satisfies Answer),
      () => undefined,
    );
  });
}

/** Starts the process's own figures; a worker also registers for the sum. */
export function startMetrics(): void {
  collectDefaultMetrics();
  // Its constructor is what makes a worker answer the primary.
  if (cluster.isWorker) new AggregatorRegistry();
}

let asked = 0;

function askPrimary(): Promise<string> {
  const id = ++asked;
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      process.off('message', listen);
      reject(new Error('the primary did not answer'));
    }, 3_000);
    const listen = (message: unknown) => {
      if (!isMessage<Answer>(message, 'metrics!') || message.id !== id) return;
      clearTimeout(timer);
      process.off('message', listen);
      resolve(message.text);
    };
    process.on('message', listen);
    process.send!({ huis: 'metrics?', id } satisfies Question);
  });
}

/** The figures of the whole server in Prometheus' text format. */
export async function metricsText(): Promise<string> {
  return cluster.isWorker ? askPrimary() : register.metrics();
}
